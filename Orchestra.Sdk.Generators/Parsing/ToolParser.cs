using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Generators.Diagnostics;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>Turns a method with [Tool] or [StreamingTool] into a model.</summary>
internal readonly struct ToolParser
{
    private readonly MethodParser _method;
    private readonly AttributeData _attribute;
    private readonly PluginTypes _types;

    public ToolParser(PluginMethod method, AttributeData attribute, PluginTypes types)
    {
        _method = new MethodParser(method, MemberKind.Tool, types);
        _attribute = attribute;
        _types = types;
    }

    private DiagnosticSink Diagnostics => _method.Diagnostics;

    private bool IsStreaming => _attribute.AttributeClass.Is(MetadataNames.StreamingToolAttribute);

    /// <summary>The model; null where the method cannot be a tool, which was reported.</summary>
    public ToolModel? Parse()
    {
        var name = _attribute.NamedArgument("Name") as string ?? Names.ToToolName(_method.Method.Name);
        var text = _attribute.NamedArgument("Description") as string;
        var comment = text is null ? _method.Summary : null;
        var description = text ?? comment!.Text;
        if (description.Length == 0 && comment is null or { HasText: false })
        {
            Diagnostics.Report(DiagnosticDescriptors.NoDescription, _attribute.Location(_method.Method), name);
        }

        // Each is checked even where another failed: all that is wrong with a method is said at once.
        var nameIsValid = CheckName(name);
        var shapeIsValid = _method.CheckShape();
        var returnModel = Described(IsStreaming ? ParseStream(name) : ParseReturn(name));
        var parameters = _method.ParseParameters(name);

        return nameIsValid && shapeIsValid && returnModel is not null && parameters is not null
            ? new ToolModel(
                _method.Source.Model,
                name,
                description,
                _attribute.NamedArgument("Strict") is true,
                new EquatableArray<ParameterModel>(parameters),
                returnModel,
                _attribute.NamedArgument("ContentType") as string)
            {
                Comments = comment?.Unknown ?? default,
                Hints = new EquatableArray<HintModel>(Hints()),
            }
            : null;
    }

    /// <summary>What the attribute says of the behavior: not to set a hint is not to set it to false.</summary>
    private IEnumerable<HintModel> Hints()
    {
        foreach (var name in (string[])["Title", "ReadOnly", "Destructive", "Idempotent", "OpenWorld"])
        {
            if (_attribute.NamedArgument(name) is { } value)
            {
                yield return new HintModel(name, value as string, value is true);
            }
        }
    }

    private ReturnModel? Described(ReturnModel? model)
    {
        if (model is null)
        {
            return null;
        }

        // Where nullable reference types are not enabled, any reference may be null.
        var type = _method.Method.Result(out _);
        var mayBeNull = type is { IsReferenceType: true, NullableAnnotation: not NullableAnnotation.NotAnnotated }
            or { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };
        var returns = _method.Returns;
        return model with { MayBeNull = mayBeNull, Description = returns.Text, Comments = returns.Unknown };
    }

    private bool CheckName(string name)
    {
        if (Names.IsToolName(name))
        {
            return true;
        }

        Diagnostics.Report(DiagnosticDescriptors.InvalidToolName, _attribute.Location(_method.Method), name);
        return false;
    }

    private ReturnModel? ParseReturn(string toolName)
    {
        var fault = "";
        if (_method.Method.Result(out var isAsync) is not { } type)
        {
            return new ReturnModel(isAsync, ReturnKind.None, Type: null);
        }

        if (_method.Method is { ReturnsByRef: false, ReturnsByRefReadonly: false })
        {
            if (type.Is(MetadataNames.ToolResult) || type.Is(MetadataNames.ToolResponse))
            {
                return new ReturnModel(isAsync, ReturnKind.Response, Type: null);
            }

            if (type.SpecialType == SpecialType.System_String)
            {
                return new ReturnModel(isAsync, ReturnKind.Text, Type: null);
            }

            if (_types.Outputs.Parse(type, out fault) is { } model)
            {
                CheckText(toolName, model);
                return new ReturnModel(isAsync, IsObject(model) ? ReturnKind.Members : ReturnKind.Data, model);
            }
        }

        fault = type.Is(MetadataNames.AsyncEnumerable) ? "mark it with [StreamingTool]"
            : _method.Method.ReturnsByRef || _method.Method.ReturnsByRefReadonly ? "it is returned by reference"
            : fault.Length > 0 ? fault
            : TypeFault.Of(type, _types.Context);
        Report(DiagnosticDescriptors.UnsupportedReturnType, toolName, fault);
        return null;
    }

    private ReturnModel? ParseStream(string toolName)
    {
        var fault = "";
        if (_method.Method.ReturnType is INamedTypeSymbol { TypeArguments.Length: 1 } stream && stream.Is(MetadataNames.AsyncEnumerable))
        {
            var item = stream.TypeArguments[0];
            if (item.SpecialType == SpecialType.System_String)
            {
                return new ReturnModel(IsAsync: true, ReturnKind.TextStream, Type: null);
            }

            if (_types.Outputs.Parse(item, out fault) is not { } model)
            {
                fault = fault.Length > 0 ? fault : TypeFault.Of(item, _types.Context);
            }
            else
            {
                var isBytes = model.WithoutNullable() is ScalarType { Kind: ScalarKind.Bytes } or ScalarType { Kind: ScalarKind.Memory };
                return new ReturnModel(IsAsync: true, isBytes && model is ScalarType ? ReturnKind.ByteStream : ReturnKind.ValueStream, model);
            }
        }

        Report(DiagnosticDescriptors.NoStream, toolName, fault);
        return null;
    }

    private void Report(DiagnosticDescriptor descriptor, string toolName, string fault)
    {
        var type = _method.Method.ReturnType.ToDisplayString();
        if (_types.Outputs.IsEndless(fault))
        {
            Diagnostics.Report(DiagnosticDescriptors.EndlessType, _method.ReturnLocation(), $"The result of tool '{toolName}'", type, fault);
            return;
        }

        Diagnostics.Report(descriptor, _method.ReturnLocation(), toolName, type, fault.Length > 0 ? ": " + fault : "");
    }

    private bool IsObject(TypeModel type) => type.WithoutNullable() switch
    {
        DefinedType defined => _types.Outputs.Definition(defined) is not EnumDefinition,
        DictionaryType or AnyType => true,
        _ => false,
    };

    /// <summary>A host that finds a member "text" shows it instead of the whole, and a text that is none as nothing.</summary>
    private void CheckText(string toolName, TypeModel type)
    {
        if (type.WithoutNullable() is DefinedType defined
            && _types.Outputs.Definition(defined) is ObjectDefinition members
            && members.Members.FirstOrDefault(member => member.Property.Name == "text") is { } text
            && text.Property.Type.WithoutNullable() is not ScalarType { Kind: ScalarKind.String })
        {
            Diagnostics.Report(DiagnosticDescriptors.TextIsNoString, _method.ReturnLocation(), toolName, text.Identifier);
        }
    }
}
