using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Orchestra.Sdk.Generators.Diagnostics;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>Turns a [Tool] method into a model.</summary>
internal readonly struct ToolParser(IMethodSymbol method, AttributeData tool, DiagnosticSink diagnostics, CancellationToken cancellationToken)
{
    /// <summary>The model; null where the method cannot be a tool, which was reported.</summary>
    public ToolModel? Parse()
    {
        var name = tool.NamedArgument("Name") as string ?? Names.ToToolName(method.Name);
        var documentation = DocumentationComment.Of(method, cancellationToken);
        var description = tool.NamedArgument("Description") as string ?? documentation.Summary;
        if (description.Length == 0)
        {
            diagnostics.Report(DiagnosticDescriptors.NoDescription, tool.Location(method), name);
        }

        // Each is checked even where another failed: all that is wrong with a method is said at once.
        var nameIsValid = CheckName(name);
        var shapeIsValid = CheckShape();
        var returnModel = ParseReturn(name);
        var parameters = ParseParameters(name, documentation);

        return nameIsValid && shapeIsValid && returnModel is not null && parameters is not null
            ? new ToolModel(
                method.Identifier(),
                name,
                description,
                tool.NamedArgument("Strict") is true,
                new EquatableArray<ParameterModel>(parameters),
                returnModel)
            : null;
    }

    private bool CheckName(string name)
    {
        if (Names.IsToolName(name))
        {
            return true;
        }

        diagnostics.Report(DiagnosticDescriptors.InvalidToolName, tool.Location(method), name);
        return false;
    }

    private bool CheckShape()
    {
        var fault = method.IsStatic ? "static" : method.IsGenericMethod ? "generic" : null;
        if (fault is not null)
        {
            diagnostics.Report(DiagnosticDescriptors.UnsupportedMethod, method.Locations.FirstOrDefault(), method.Name, fault);
        }

        var isAsyncVoid = method is { IsAsync: true, ReturnsVoid: true };
        if (isAsyncVoid)
        {
            diagnostics.Report(DiagnosticDescriptors.AsyncVoid, method.Locations.FirstOrDefault(), method.Name);
        }

        return fault is null && !isAsyncVoid;
    }

    private ReturnModel? ParseReturn(string toolName)
    {
        var type = method.ReturnType;
        var isAsync = type.Is(MetadataNames.Task) || type.Is(MetadataNames.ValueTask);
        if (method.ReturnsVoid || (isAsync && type is INamedTypeSymbol { IsGenericType: false }))
        {
            return new ReturnModel(isAsync, ReturnKind.None, Type: null);
        }

        var resultType = isAsync ? ((INamedTypeSymbol)type).TypeArguments[0] : type;
        if (!method.ReturnsByRef && !method.ReturnsByRefReadonly)
        {
            if (resultType.Is(MetadataNames.ToolResult) || resultType.Is(MetadataNames.ToolResponse))
            {
                return new ReturnModel(isAsync, ReturnKind.Response, Type: null);
            }

            if (resultType.SpecialType == SpecialType.System_String)
            {
                return new ReturnModel(isAsync, ReturnKind.Text, Type: null);
            }

            if (TypeParser.Parse(resultType) is { } model)
            {
                return new ReturnModel(isAsync, ReturnKind.Data, model);
            }
        }

        diagnostics.Report(DiagnosticDescriptors.UnsupportedReturnType, ReturnLocation(), toolName, method.ReturnType.ToDisplayString());
        return null;
    }

    private Location? ReturnLocation()
    {
        var syntax = method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken);
        return (syntax as MethodDeclarationSyntax)?.ReturnType.GetLocation() ?? method.Locations.FirstOrDefault();
    }

    private List<ParameterModel>? ParseParameters(string toolName, DocumentationComment documentation)
    {
        var result = new List<ParameterModel>(method.Parameters.Length);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var isValid = true;
        foreach (var parameter in method.Parameters)
        {
            var model = new ParameterParser(parameter, toolName, documentation, diagnostics).Parse();
            isValid &= model is not null;
            if (model is null)
            {
                continue;
            }

            if (model.Property is { } property && !names.Add(property.Name))
            {
                diagnostics.Report(
                    DiagnosticDescriptors.DuplicateArgumentName, parameter.Locations.FirstOrDefault(), property.Name, toolName);
                isValid = false;
            }

            result.Add(model);
        }

        return isValid ? result : null;
    }
}
