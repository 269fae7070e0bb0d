using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Generators.Diagnostics;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>Turns a record, class or struct into a model.</summary>
internal readonly struct ObjectParser(INamedTypeSymbol type, DefinedType reference, TypeParser types)
{
    /// <summary>There is one creation for each combination of them.</summary>
    private const int MaxInitializedWhenGiven = 4;

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

        if (constructor is not null
            && constructor.FindAttribute(MetadataNames.SetsRequiredMembers) is null
            && ObjectMembers.UnsettableRequired(type, Context) is { } required)
        {
            fault = $"'{Path(required)}' is required, but cannot be set: make it public, or mark it by [JsonInclude]";
            return null;
        }

        var members = new List<MemberModel>();
        MemberModel? extension = null;
        if (!ParseMembers(constructor, members, ref extension, out fault))
        {
            return null;
        }

        if (members.Count(member => member.Assignment == Assignment.InitializerWhenGiven) > MaxInitializedWhenGiven)
        {
            fault = $"'{type.Name}' has more than {MaxInitializedWhenGiven} init-only properties that cannot be read: give them getters";
            return null;
        }

        return new ObjectDefinition(
            reference.Name,
            reference.FullName,
            MemberText.Title(type),
            Description: "",
            new EquatableArray<MemberModel>(members))
        {
            Extension = extension,
            Example = type.IsAnonymousType ? AnonymousTypes.Example(type) : null,
        };
    }

    private bool ParseMembers(IMethodSymbol? constructor, List<MemberModel> members, ref MemberModel? extension, out string fault)
    {
        fault = "";
        var names = new HashSet<string>(JsonMember.NameComparer(types.IsInput));
        foreach (var source in JsonMember.Of(type, constructor, types))
        {
            Context.CancellationToken.ThrowIfCancellationRequested();
            if (source.IsIgnored(types.IsInput))
            {
                fault = source.Parameter is { HasExplicitDefaultValue: false } parameter ? $"'{Path(parameter)}' is ignored, but the constructor needs it"
                    : types.IsInput && NeedsInitializer(source.Member, constructor) ? $"'{Path(source.Symbol)}' is ignored, but required"
                    : "";
                if (fault.Length > 0)
                {
                    return false;
                }

                continue;
            }

            if (source is { Member: { } member, Parameter: { } taken }
                && NeedsInitializer(member, constructor)
                && !SymbolEqualityComparer.Default.Equals(member.Type, taken.Type))
            {
                fault = $"'{Path(source.Symbol)}' is required, but the constructor takes another type by its name";
                return false;
            }

            if (ParseMember(source, constructor, out fault) is not { } model)
            {
                // What could not be set before collections were filled is no reason to refuse the type.
                if (types.IsInput && source.IsFilled)
                {
                    fault = "";
                    continue;
                }

                return false;
            }

            // Only of what has items is there more to fill than an object that is of its own shape.
            if (model is { Assignment: Assignment.Fill, Property.Type: var filled } && filled.WithoutNullable() is not (ListType or DictionaryType))
            {
                continue;
            }

            if (source.IsExtension)
            {
                fault = extension is not null ? $"'{type.Name}' has two members marked by [JsonExtensionData]"
                    : IsExtension(model.Property.Type.WithoutNullable()) ? ""
                    : $"'{Path(source.Symbol)}' is marked by [JsonExtensionData], but is neither a JsonObject nor a dictionary from string to JsonElement or object";
                if (fault.Length > 0)
                {
                    return false;
                }

                extension = model;
                continue;
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

    private MemberModel? ParseMember(JsonMember source, IMethodSymbol? constructor, out string fault)
    {
        var (member, parameter, symbol, name) = (source.Member, source.Parameter, source.Symbol, source.Name);
        if (types.IsInput && !source.IsExtension && !Names.IsArgumentName(name))
        {
            fault = $"'{Path(symbol)}' is named '{name}' in JSON, which clients refuse: set [JsonPropertyName] to 1 to 64 ASCII letters, digits, '_', '.' and '-'";
            return null;
        }

        if (parameter is { RefKind: not (RefKind.None or RefKind.In) })
        {
            fault = $"the constructor of '{type.Name}' takes '{parameter.Name}' by reference";
            return null;
        }

        if (types.Parse(OptionalTypes.Unwrap(source.Type), out fault) is not { } model)
        {
            var reason = fault.Length > 0 ? "" : TypeFault.Of(source.Type, Context);
            fault = fault.Length > 0 ? fault
                : $"'{Path(symbol)}' is a '{source.Type.ToDisplayString()}'" + (reason.Length > 0 ? ", and " + reason : "");
            return null;
        }

        var constraints = types.IsInput
            ? new ConstraintParser([.. member?.Declarations.Reverse() ?? [], parameter], symbol, source.Type, model, Context.Diagnostics).Parse()
            : Constraints.None;
        if (member is not null)
        {
            Converters.Report(member.Symbol, Context.Diagnostics);
        }

        var optional = OptionalTypes.FullName(source.Type);
        var isRequired = optional is null && !source.IsExtension && IsRequired(source, model, constructor);
        if (types.IsInput && !isRequired)
        {
            CheckDefault(source, new DefaultCheck(OptionalTypes.Unwrap(source.Type), model, constraints));
        }

        var text = (member?.Declarations ?? []).Append(parameter).Select(MemberText.Attribute).FirstOrDefault(text => text is not null);
        var comment = text is null ? Comment(member, parameter) : null;
        return new MemberModel(
            new PropertyModel(
                name,
                (member?.Declarations ?? [symbol]).Select(MemberText.Title).FirstOrDefault(title => title.Length > 0) ?? "",
                text ?? comment!.Text,
                model,
                constraints,
                isRequired,
                isRequired ? null : optional is not null ? "default" : parameter is null ? null : DefaultValue.Expression(parameter, model),
                isRequired || parameter is null ? null : DefaultValue.Json(parameter, Context.Names))
            {
                Comments = comment?.Unknown ?? default,
                Optional = optional,
            },
            symbol.Identifier(),
            member is { IsHidden: true } ? TypeParser.FullName(symbol.ContainingType) : null,
            parameter?.Identifier(),
            types.IsInput && member is not null ? HowToSet(member, parameter, constructor) : Assignment.None,
            optional is null ? source.IsLeftOut : LeaveOut.WhenAbsent);
    }

    private void CheckDefault(JsonMember source, DefaultCheck check)
    {
        var value = source.Parameter is { } parameter ? DefaultConstant.Of(parameter) : DefaultConstant.Of(source.Member!, Context);
        if (check.Fault(value) is { } excess)
        {
            Context.Diagnostics.Report(
                DiagnosticDescriptors.DefaultBreaksConstraint, source.Symbol.Locations.FirstOrDefault(), Path(source.Symbol), excess);
        }
    }

    private static bool IsExtension(TypeModel type) => type
        is AnyType { Kind: AnyKind.JsonObject }
        or DictionaryType { Key: ScalarType { Kind: ScalarKind.String }, Value: AnyType or NullableType { Inner: AnyType } };

    private bool IsRequired(JsonMember source, TypeModel model, IMethodSymbol? constructor)
    {
        if (!types.IsInput)
        {
            return source.IsLeftOut == LeaveOut.Never;
        }

        var (member, parameter) = (source.Member, source.Parameter);
        var isMarked = ConstraintParser.IsMarkedRequired(parameter)
            || member?.FindAttribute(MetadataNames.Required) is not null
            || member?.FindAttribute(MetadataNames.JsonRequired) is not null;
        return isMarked
            || (model is not NullableType
                && (parameter is null ? NeedsInitializer(member, constructor) : !parameter.HasExplicitDefaultValue && !parameter.IsParams));
    }

    private static Assignment HowToSet(DataMember member, IParameterSymbol? parameter, IMethodSymbol? constructor) =>
        NeedsInitializer(member, constructor) ? Assignment.Initializer
        : parameter is not null ? Assignment.None
        : !member.IsWritable ? Assignment.Fill
        : !member.IsInitOnly ? Assignment.Set
        : member.IsReadable ? Assignment.InitializerOrDefault
        : Assignment.InitializerWhenGiven;

    private static bool NeedsInitializer(DataMember? member, IMethodSymbol? constructor) =>
        member is { IsRequired: true } && constructor?.FindAttribute(MetadataNames.SetsRequiredMembers) is null;

    /// <summary>A record's parameters are described above the record, or above the constructor.</summary>
    private CommentSearch Comment(DataMember? member, IParameterSymbol? parameter)
    {
        var symbol = member?.Symbol ?? parameter!;
        var declaring = symbol.ContainingType;
        var search = new CommentSearch(Context);
        foreach (var declaration in member?.Declarations ?? [])
        {
            search.In(declaration, "summary");
        }

        return search
            .In(declaring, "property", symbol.Name)
            .In(declaring, "param", parameter?.Name ?? symbol.Name)
            .In(parameter?.ContainingSymbol, "param", parameter?.Name ?? "");
    }

    private string Path(ISymbol member) => $"{type.Name}.{member.Name}";
}
