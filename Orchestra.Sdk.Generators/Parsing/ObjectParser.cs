using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>Turns a record, class or struct into a model.</summary>
internal readonly struct ObjectParser(INamedTypeSymbol type, DefinedType reference, TypeParser types)
{
    // Of System.Text.Json.Serialization.JsonIgnoreCondition.
    private const int Always = 1;
    private const int WhenWritingDefault = 2;
    private const int WhenWritingNull = 3;
    private const int WhenWriting = 4;
    private const int WhenReading = 5;

    private ParseContext Context => types.Context;

    public ObjectDefinition? Parse(out string fault)
    {
        if (types.IsInput && type.IsAbstract)
        {
            fault = $"'{type.Name}' is abstract: name its derived types by [JsonDerivedType]";
            return null;
        }

        var constructor = types.IsInput ? ObjectMembers.Constructor(type, Context) : null;
        if (types.IsInput && constructor is null)
        {
            fault = $"'{type.Name}' has no public constructor, or several: mark the one to use with [JsonConstructor]";
            return null;
        }

        var members = new List<MemberModel>();
        if (!ParseMembers(constructor, members, out fault))
        {
            return null;
        }

        return new ObjectDefinition(
            reference.Name,
            reference.FullName,
            MemberText.Title(type),
            MemberText.Description(type, Context),
            IsRecursive: false,
            new EquatableArray<MemberModel>(members));
    }

    private bool ParseMembers(IMethodSymbol? constructor, List<MemberModel> members, out string fault)
    {
        fault = "";
        var symbols = ObjectMembers.Of(type);
        var parameters = constructor?.Parameters.ToList() ?? [];
        var sources = new List<(ISymbol? Member, IParameterSymbol? Parameter)>();
        foreach (var symbol in symbols)
        {
            var parameter = parameters.FirstOrDefault(parameter =>
                string.Equals(parameter.Name, symbol.Name, StringComparison.OrdinalIgnoreCase)
                && SymbolEqualityComparer.Default.Equals(parameter.Type, ObjectMembers.Type(symbol)));
            if (parameter is not null)
            {
                parameters.Remove(parameter);
            }

            if (types.IsInput ? parameter is not null || ObjectMembers.IsWritable(symbol, Context) : ObjectMembers.IsReadable(symbol, Context))
            {
                sources.Add((symbol, parameter));
            }
        }

        sources.InsertRange(0, parameters.Select(parameter => ((ISymbol?)null, (IParameterSymbol?)parameter)));
        var names = new HashSet<string>(types.IsInput ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (var (member, parameter) in sources)
        {
            if (IsIgnored(member))
            {
                fault = parameter is { HasExplicitDefaultValue: false } ? $"'{Path(parameter)}' is ignored, but the constructor needs it"
                    : types.IsInput && NeedsInitializer(member, constructor) ? $"'{Path(member!)}' is ignored, but required"
                    : "";
                if (fault.Length > 0)
                {
                    return false;
                }

                continue;
            }

            if (ParseMember(member, parameter, constructor, out fault) is not { } model)
            {
                return false;
            }

            if (!names.Add(model.Property.Name))
            {
                fault = $"'{type.Name}' has two members named '{model.Property.Name}' in JSON (case does not tell names apart)";
                return false;
            }

            members.Add(model);
        }

        return true;
    }

    private MemberModel? ParseMember(ISymbol? member, IParameterSymbol? parameter, IMethodSymbol? constructor, out string fault)
    {
        var symbol = member ?? parameter!;
        var symbolType = member is null ? parameter!.Type : ObjectMembers.Type(member);
        var name = member?.FindAttribute(MetadataNames.JsonPropertyName)?.ConstructorArgument(0) as string
            ?? symbol.FindAttribute(MetadataNames.ArgumentAttribute)?.NamedArgument("Name") as string
            ?? Names.ToCamelCase(symbol.Name);
        if (types.IsInput && !Names.IsArgumentName(name))
        {
            fault = $"'{Path(symbol)}' is named '{name}' in JSON, which clients refuse: set [JsonPropertyName] to 1 to 64 ASCII letters, digits, '_', '.' and '-'";
            return null;
        }

        if (parameter is { RefKind: not (RefKind.None or RefKind.In) })
        {
            fault = $"the constructor of '{type.Name}' takes '{parameter.Name}' by reference";
            return null;
        }

        if (types.Parse(symbolType, out fault) is not { } model)
        {
            fault = fault.Length > 0 ? fault : $"'{Path(symbol)}' is a '{symbolType.ToDisplayString()}'";
            return null;
        }

        var constraints = types.IsInput
            ? new ConstraintParser([parameter, member], symbol, symbolType, model, Context.Diagnostics).Parse()
            : Constraints.None;
        var isRequired = IsRequired(member, parameter, model);
        return new MemberModel(
            new PropertyModel(
                name,
                MemberText.Title(symbol),
                Description(member, parameter),
                model,
                constraints,
                isRequired,
                isRequired || parameter is null ? null : DefaultValue.Expression(parameter, model),
                isRequired || parameter is null ? null : DefaultValue.Json(parameter)),
            symbol.Identifier(),
            parameter?.Identifier(),
            types.IsInput && member is not null ? HowToSet(member, parameter, constructor) : Assignment.None,
            WhenLeftOut(member));
    }

    private bool IsRequired(ISymbol? member, IParameterSymbol? parameter, TypeModel model)
    {
        if (!types.IsInput)
        {
            return WhenLeftOut(member) == LeaveOut.Never;
        }

        var isMarked = ConstraintParser.IsMarkedRequired(member) || ConstraintParser.IsMarkedRequired(parameter)
            || member?.FindAttribute(MetadataNames.JsonRequired) is not null;
        return isMarked
            || (model is not NullableType
                && (parameter is null ? ObjectMembers.IsRequired(member!) : !parameter.HasExplicitDefaultValue && !parameter.IsParams));
    }

    private Assignment HowToSet(ISymbol member, IParameterSymbol? parameter, IMethodSymbol? constructor) =>
        NeedsInitializer(member, constructor) ? Assignment.Initializer
        : parameter is not null ? Assignment.None
        : member is not IPropertySymbol { SetMethod.IsInitOnly: true } ? Assignment.Set
        : ObjectMembers.IsReadable(member, Context) ? Assignment.InitializerOrDefault
        : Assignment.Initializer;

    private static bool NeedsInitializer(ISymbol? member, IMethodSymbol? constructor) =>
        member is not null && ObjectMembers.IsRequired(member) && constructor?.FindAttribute(MetadataNames.SetsRequiredMembers) is null;

    private bool IsIgnored(ISymbol? member)
    {
        var condition = IgnoreCondition(member);
        return condition == Always || condition == (types.IsInput ? WhenReading : WhenWriting);
    }

    private static LeaveOut WhenLeftOut(ISymbol? member) => IgnoreCondition(member) switch
    {
        WhenWritingDefault => LeaveOut.WhenDefault,
        WhenWritingNull => LeaveOut.WhenNull,
        _ => LeaveOut.Never,
    };

    private static int? IgnoreCondition(ISymbol? member) =>
        member?.FindAttribute(MetadataNames.JsonIgnore) is { } attribute ? attribute.NamedArgument("Condition") as int? ?? Always : null;

    private string Description(ISymbol? member, IParameterSymbol? parameter)
    {
        if ((MemberText.Attribute(member) ?? MemberText.Attribute(parameter)) is { } text)
        {
            return text;
        }

        // A record's parameters are described above the record, or above the constructor.
        var summary = member is null ? "" : DocumentationComment.Of(member, Context.CancellationToken).Summary;
        if (summary.Length > 0)
        {
            return summary;
        }

        var symbol = member ?? parameter!;
        var ofType = DocumentationComment.Of(symbol.ContainingType ?? type, Context.CancellationToken);
        return FirstText(
            ofType.Property(symbol.Name),
            ofType.Param(parameter?.Name ?? symbol.Name),
            parameter is null ? "" : DocumentationComment.Of(parameter.ContainingSymbol, Context.CancellationToken).Param(parameter.Name));
    }

    private static string FirstText(params string[] texts) => texts.FirstOrDefault(text => text.Length > 0) ?? "";

    private string Path(ISymbol member) => $"{type.Name}.{member.Name}";
}
