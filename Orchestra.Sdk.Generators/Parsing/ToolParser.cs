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
internal readonly struct ToolParser(IMethodSymbol method, AttributeData tool, PluginTypes types)
{
    private DiagnosticSink Diagnostics => types.Context.Diagnostics;

    private CancellationToken CancellationToken => types.Context.CancellationToken;

    /// <summary>The model; null where the method cannot be a tool, which was reported.</summary>
    public ToolModel? Parse()
    {
        var name = tool.NamedArgument("Name") as string ?? Names.ToToolName(method.Name);
        var documentation = DocumentationComment.Of(method, CancellationToken);
        var description = tool.NamedArgument("Description") as string ?? documentation.Summary;
        if (description.Length == 0)
        {
            Diagnostics.Report(DiagnosticDescriptors.NoDescription, tool.Location(method), name);
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

        Diagnostics.Report(DiagnosticDescriptors.InvalidToolName, tool.Location(method), name);
        return false;
    }

    private bool CheckShape()
    {
        var fault = method.IsStatic ? "static" : method.IsGenericMethod ? "generic" : null;
        if (fault is not null)
        {
            Diagnostics.Report(DiagnosticDescriptors.UnsupportedMethod, method.Locations.FirstOrDefault(), method.Name, fault);
        }

        var isAsyncVoid = method is { IsAsync: true, ReturnsVoid: true };
        if (isAsyncVoid)
        {
            Diagnostics.Report(DiagnosticDescriptors.AsyncVoid, method.Locations.FirstOrDefault(), method.Name);
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

        var fault = "";
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

            if (types.Outputs.Parse(resultType, out fault) is { } model)
            {
                CheckText(toolName, model);
                return new ReturnModel(isAsync, IsObject(model) ? ReturnKind.Members : ReturnKind.Data, model);
            }
        }

        Diagnostics.Report(
            DiagnosticDescriptors.UnsupportedReturnType,
            ReturnLocation(),
            toolName,
            method.ReturnType.ToDisplayString(),
            fault.Length > 0 ? ": " + fault : "");
        return null;
    }

    private bool IsObject(TypeModel type) => type.WithoutNullable() switch
    {
        DefinedType defined => types.Outputs.Definition(defined) is not EnumDefinition,
        DictionaryType or AnyType => true,
        _ => false,
    };

    /// <summary>A host that finds a member "text" shows it instead of the whole, and a text that is none as nothing.</summary>
    private void CheckText(string toolName, TypeModel type)
    {
        if (type.WithoutNullable() is DefinedType defined
            && types.Outputs.Definition(defined) is ObjectDefinition members
            && members.Members.FirstOrDefault(member => member.Property.Name == "text") is { } text
            && text.Property.Type.WithoutNullable() is not ScalarType { Kind: ScalarKind.String })
        {
            Diagnostics.Report(DiagnosticDescriptors.TextIsNoString, ReturnLocation(), toolName, text.Identifier);
        }
    }

    private Location? ReturnLocation()
    {
        var syntax = method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(CancellationToken);
        return (syntax as MethodDeclarationSyntax)?.ReturnType.GetLocation() ?? method.Locations.FirstOrDefault();
    }

    private List<ParameterModel>? ParseParameters(string toolName, DocumentationComment documentation)
    {
        var result = new List<ParameterModel>(method.Parameters.Length);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var isValid = true;
        foreach (var parameter in method.Parameters)
        {
            var model = new ParameterParser(parameter, toolName, documentation, types.Inputs, types.Profile).Parse();
            isValid &= model is not null;
            if (model is null)
            {
                continue;
            }

            if (model.Property is { } property && !names.Add(property.Name))
            {
                Diagnostics.Report(
                    DiagnosticDescriptors.DuplicateArgumentName, parameter.Locations.FirstOrDefault(), property.Name, toolName);
                isValid = false;
            }

            result.Add(model);
        }

        return isValid ? result : null;
    }
}
