using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Generators.Diagnostics;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>Turns a [Prompt] method into a model.</summary>
internal readonly struct PromptParser
{
    private readonly MethodParser _method;
    private readonly AttributeData _attribute;

    public PromptParser(PluginMethod method, AttributeData attribute, PluginTypes types)
    {
        _method = new MethodParser(method, MemberKind.Prompt, types);
        _attribute = attribute;
    }

    /// <summary>The model; null where the method cannot be a prompt, which was reported.</summary>
    public PromptModel? Parse()
    {
        var name = _attribute.NamedArgument("Name") as string ?? Names.ToToolName(_method.Method.Name);
        var nameIsValid = Names.IsToolName(name);
        if (!nameIsValid)
        {
            _method.Diagnostics.Report(DiagnosticDescriptors.InvalidPromptName, _attribute.Location(_method.Method), name);
        }

        var text = _attribute.NamedArgument("Description") as string;
        var comment = text is null ? _method.Summary : null;
        var shapeIsValid = _method.CheckShape();
        var result = ParseResult(name, out var isAsync);
        var parameters = _method.ParseParameters(name);
        return nameIsValid && shapeIsValid && parameters is not null && CheckTexts(name, parameters) && result is { } known
            ? new PromptModel(
                _method.Source.Model,
                name,
                text ?? comment!.Text,
                new EquatableArray<ParameterModel>(parameters),
                isAsync,
                known)
            {
                Comments = comment?.Unknown ?? default,
            }
            : null;
    }

    private PromptResult? ParseResult(string name, out bool isAsync)
    {
        var type = _method.Method.Result(out isAsync);
        PromptResult? result = type is null || _method.Method.ReturnsByRef || _method.Method.ReturnsByRefReadonly ? null
            : type.SpecialType == SpecialType.System_String ? PromptResult.Text
            : type.Is(MetadataNames.PromptMessage) ? PromptResult.Message
            : type.Is(MetadataNames.PromptGetResponse) ? PromptResult.Response
            : IsMessages(type) ? PromptResult.Messages
            : null;
        if (result is null)
        {
            _method.Diagnostics.Report(
                DiagnosticDescriptors.UnsupportedPromptResult, _method.ReturnLocation(), name, _method.Method.ReturnType.ToDisplayString());
        }

        return result;
    }

    private static bool IsMessages(ITypeSymbol type) =>
        type.AllInterfaces.Concat(type is INamedTypeSymbol named ? [named] : []).Any(contract =>
            contract.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T
            && contract.TypeArguments[0].Is(MetadataNames.PromptMessage));

    private bool CheckTexts(string name, List<ParameterModel> parameters)
    {
        var isValid = true;
        for (var i = 0; i < parameters.Count; i++)
        {
            var parameter = _method.Method.Parameters[i];
            if (parameters[i].Property is null || HasTextForm(parameter.Type))
            {
                continue;
            }

            isValid = false;
            _method.Diagnostics.Report(
                DiagnosticDescriptors.NoTextForm, parameter.Locations.FirstOrDefault(), parameter.Name, name, parameter.Type.ToDisplayString());
        }

        return isValid;
    }

    private bool HasTextForm(ITypeSymbol type) => _method.Types.Inputs.Parse(OptionalTypes.Unwrap(type), out _)?.WithoutNullable() switch
    {
        ScalarType => true,
        DefinedType defined => _method.Types.Inputs.Definition(defined) is EnumDefinition { IsFlags: false },
        _ => false,
    };
}
