using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Orchestra.Sdk.Generators.Diagnostics;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>What the parsers of tools, prompts and event handlers have in common.</summary>
internal readonly struct MethodParser(PluginMethod plugin, MemberKind kind, PluginTypes types)
{
    public IMethodSymbol Method => plugin.Symbol;

    public PluginMethod Source => plugin;

    public PluginTypes Types => types;

    public DiagnosticSink Diagnostics => types.Context.Diagnostics;

    public CommentSearch Summary => plugin.Summary(types.Context);

    public CommentSearch Returns => plugin.Returns(types.Context);

    /// <summary>Whether it is a method that can be called and waited for.</summary>
    public bool CheckShape()
    {
        var method = Method;
        var fault = method.IsGenericMethod ? "generic" : method.IsObsoleteAsError() ? "obsolete as an error" : method.IsVararg ? "called with __arglist" : method.MethodKind switch
        {
            MethodKind.Ordinary => null,
            MethodKind.ExplicitInterfaceImplementation => "implemented explicitly",
            MethodKind.Destructor => "a finalizer",
            _ => "an accessor",
        };
        if (fault is not null)
        {
            Diagnostics.Report(
                DiagnosticDescriptors.UnsupportedMethod, method.Locations.FirstOrDefault(), method.Name, fault, kind.WordWithArticle);
        }

        var isAsyncVoid = method is { IsAsync: true, ReturnsVoid: true };
        if (isAsyncVoid)
        {
            Diagnostics.Report(DiagnosticDescriptors.AsyncVoid, method.Locations.FirstOrDefault(), method.Name);
        }

        return fault is null && !isAsyncVoid;
    }

    public Location? ReturnLocation()
    {
        var syntax = Method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(types.Context.CancellationToken);
        return (syntax as MethodDeclarationSyntax)?.ReturnType.GetLocation() ?? Method.Locations.FirstOrDefault();
    }

    /// <summary>The parameters; null where one is wrong, which was reported.</summary>
    /// <param name="name">The name of the tool, prompt or handler in messages.</param>
    public List<ParameterModel>? ParseParameters(string name)
    {
        var result = new List<ParameterModel>(Method.Parameters.Length);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var isValid = true;
        foreach (var parameter in Method.Parameters)
        {
            var model = new ParameterParser(parameter, plugin, kind, name, types).Parse();
            isValid &= model is not null;
            if (model is null)
            {
                continue;
            }

            if (model.Property is { } property && !names.Add(property.Name))
            {
                Diagnostics.Report(
                    DiagnosticDescriptors.DuplicateArgumentName, parameter.Locations.FirstOrDefault(), property.Name, name, kind.Word);
                isValid = false;
            }

            result.Add(model);
        }

        return isValid ? result : null;
    }
}
