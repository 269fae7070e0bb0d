using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>
/// Turns C# types into models; the table is in docs/schema.md. There is one for what is read and one for what is written: a type may
/// be good for one of them only.
/// </summary>
internal sealed class TypeParser(ParseContext context, bool isInput)
{
    private static readonly SymbolDisplayFormat FullNameFormat = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private readonly List<TypeDefinition> _definitions = [];
    private readonly Dictionary<string, TypeDefinition> _definitionsByName = [];
    private readonly Dictionary<string, string> _faults = [];

    // Most parameters have one of a few types.
    private readonly Dictionary<ITypeSymbol, TypeModel> _models = new(SymbolEqualityComparer.IncludeNullability);

    // The types being parsed, each within the one before.
    private readonly List<(string Name, INamedTypeSymbol Type)> _open = [];
    private string _endless = "";

    public ParseContext Context => context;

    public bool IsInput => isInput;

    public EquatableArray<TypeDefinition> Definitions => new(_definitions);

    /// <summary>Whether the fault is that of a type that never ends.</summary>
    public bool IsEndless(string fault) => fault.Length > 0 && fault == _endless;

    /// <summary>The definition of a type that was parsed.</summary>
    public TypeDefinition Definition(DefinedType type) => _definitionsByName[type.Name];

    /// <summary>The model of a type; null where it has no JSON Schema form.</summary>
    /// <param name="type">The type.</param>
    /// <param name="fault">Why it has none, where that is not plain from its name.</param>
    public TypeModel? Parse(ITypeSymbol type, out string fault)
    {
        fault = "";
        if (_models.TryGetValue(type, out var known))
        {
            return known;
        }

        var model = ParseNew(type, out fault);

        // Within a type that is not finished, and may be taken back, nothing is kept.
        if (model is not null && _open.Count == 0)
        {
            _models.Add(type, model);
        }

        return model;
    }

    private TypeModel? ParseNew(ITypeSymbol type, out string fault)
    {
        fault = "";
        var fullName = FullName(type);
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            return Parse(nullable.TypeArguments[0], out fault) is { } inner ? new NullableType(inner, IsValueType: true, fullName) : null;
        }

        if (type.IsReferenceType && MayBeNull(type.NullableAnnotation))
        {
            return Parse(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated), out fault) is { } inner
                ? new NullableType(inner, IsValueType: false, fullName)
                : null;
        }

        if (KnownTypes.Scalar(type) is { } scalar)
        {
            return new ScalarType(scalar, fullName);
        }

        if (KnownTypes.AnyOf(type) is { } any)
        {
            return new AnyType(any, fullName);
        }

        return type is INamedTypeSymbol { IsTupleType: true } tuple ? Tuple(tuple, fullName, out fault)
            : KnownTypes.List(type) is { } list ? List(list, fullName, out fault)
            : KnownTypes.Dictionary(type) is { } dictionary ? Dictionary(dictionary, fullName, out fault)
            : type is not INamedTypeSymbol named || !DefinedTypes.HasWholeArguments(named) ? null
            : OptionalTypes.IsOne(named) ? NotWithin(named, out fault)
            : TextTypes.IsOne(named, context) ? new ScalarType(ScalarKind.Parsable, fullName)
            : CollectionTypes.IsOne(named, isInput, context) ? Collection(named, fullName, out fault)
            : DefinedTypes.MayBeDefined(named, context, out fault) ? Define(named, asItself: false, out fault)
            : null;
    }

    /// <summary>Whether a reference may be null. Where nothing is said of null, none is taken, but one may be given.</summary>
    private bool MayBeNull(NullableAnnotation annotation) =>
        annotation == NullableAnnotation.Annotated || (annotation == NullableAnnotation.None && !isInput);

    /// <summary>The type's name in generated code, which has no dynamic: that would be bound at run time.</summary>
    public static string FullName(ITypeSymbol type)
    {
        var name = type.ToDisplayString(FullNameFormat);
        return name.Contains("dynamic")
            ? string.Concat(type.ToDisplayParts(FullNameFormat).Select(part => part.Symbol is IDynamicTypeSymbol ? "object" : part.ToString()))
            : name;
    }

    /// <summary>Refers to an enum or a type with members, and defines it where it is not yet.</summary>
    /// <param name="type">The type.</param>
    /// <param name="asItself">Whether a polymorphic type means its own members here and not those of its derived types.</param>
    /// <param name="fault">Why it cannot be defined.</param>
    public DefinedType? Define(INamedTypeSymbol type, bool asItself, out string fault)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        var isUnion = !asItself && UnionParser.IsUnion(type);
        var fullName = FullName(type);
        var key = asItself && UnionParser.IsUnion(type) ? fullName + " itself" : fullName;
        if (_faults.TryGetValue(key, out fault!))
        {
            return null;
        }

        fault = "";
        var result = new DefinedType(context.DefinitionName(key, type), fullName);
        if (_definitionsByName.ContainsKey(result.Name) || _open.Exists(open => open.Name == result.Name))
        {
            return result;
        }

        if (TypeGrowth.Fault(type, _open.Select(open => open.Type), out var isEndless) is { } growth)
        {
            fault = growth;
            _endless = isEndless ? growth : _endless;
            return null;
        }

        Converters.Report(type, context.Diagnostics);
        var count = _definitions.Count;
        _open.Add((result.Name, type));
        TypeDefinition? definition = type.TypeKind == TypeKind.Enum ? DefinedTypes.Enum(type, result, context, out fault)
            : isUnion ? new UnionParser(type, result, this).Parse(out fault)
            : new ObjectParser(type, result, this).Parse(out fault);
        _open.RemoveAt(_open.Count - 1);
        if (definition is null)
        {
            Forget(count);
            _faults.Add(key, fault);
            return null;
        }

        definition = Described(definition, type);
        _definitions.Add(definition);
        _definitionsByName.Add(result.Name, definition);
        return result;
    }

    private TypeDefinition Described(TypeDefinition definition, INamedTypeSymbol type)
    {
        if (MemberText.Attribute(type) is { } text)
        {
            return definition with { Description = text };
        }

        var comment = new CommentSearch(context).In(type, "summary");
        return definition with { Description = comment.Text, Comments = comment.Unknown };
    }

    /// <summary>What was defined within a type that cannot be defined may contain it.</summary>
    private void Forget(int first)
    {
        foreach (var definition in _definitions.Skip(first))
        {
            _definitionsByName.Remove(definition.Name);
        }

        _definitions.RemoveRange(first, _definitions.Count - first);
    }

    private ListType? List((ListKind Kind, string? Conversion, ITypeSymbol Item) list, string fullName, out string fault) =>
        Parse(list.Item, out fault) is { } item
            ? new ListType(list.Kind, item, list.Conversion?.Replace("{1}", item.FullName), fullName)
            : null;

    private DictionaryType? Dictionary((string? Conversion, ITypeSymbol Key, ITypeSymbol Value) dictionary, string fullName, out string fault) =>
        ParseKey(dictionary.Key, out fault) is not { } key ? null
        : !IsKey(key) ? NoKey(dictionary.Key, out fault)
        : Parse(dictionary.Value, out fault) is { } value
            ? new DictionaryType(key, value, dictionary.Conversion?.Replace("{1}", value.FullName).Replace("{2}", key.FullName), fullName)
            : null;

    /// <summary>No dictionary has a null for a key.</summary>
    private TypeModel? ParseKey(ITypeSymbol type, out string fault) =>
        Parse(type.IsReferenceType ? type.WithNullableAnnotation(NullableAnnotation.NotAnnotated) : type, out fault);

    /// <summary>A collection that is not known by its name.</summary>
    private TypeModel? Collection(INamedTypeSymbol type, string fullName, out string fault)
    {
        var conversion = isInput ? CollectionTypes.Conversion(type, context) : null;
        if (isInput && conversion is null)
        {
            fault = $"'{type.Name}' is a collection without a public constructor that takes its items, and without one that takes nothing beside a method to add them";
            return null;
        }

        return CollectionTypes.PairOf(type) is var (key, value) ? Dictionary((conversion, key, value), fullName, out fault)
            : List((CollectionTypes.KindOf(type), conversion, CollectionTypes.ItemOf(type)!), fullName, out fault);
    }

    /// <summary>Whether the text of a value can name a member.</summary>
    private bool IsKey(TypeModel type) => type switch
    {
        ScalarType { Kind: ScalarKind.Boolean or ScalarKind.Bytes or ScalarKind.Memory } => false,
        ScalarType { Kind: var kind } => !kind.IsNumber(),
        DefinedType defined => Definition(defined) is EnumDefinition { IsFlags: false },
        _ => false,
    };

    private static DictionaryType? NoKey(ITypeSymbol key, out string fault)
    {
        fault = $"a '{key.ToDisplayString()}' cannot be the key of a dictionary, which is a name in JSON";
        return null;
    }

    private static TypeModel? NotWithin(INamedTypeSymbol optional, out string fault)
    {
        fault = $"'{optional.ToDisplayString()}' is for parameters and members: what is within another value is there or not";
        return null;
    }

    private TupleType? Tuple(INamedTypeSymbol tuple, string fullName, out string fault)
    {
        fault = "";
        var items = new List<TypeModel>();
        foreach (var element in tuple.TupleElements)
        {
            if (Parse(element.Type, out fault) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return new TupleType(new EquatableArray<TypeModel>(items), fullName);
    }
}
