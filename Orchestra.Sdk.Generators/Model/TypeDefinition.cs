namespace Orchestra.Sdk.Generators.Model;

/// <summary>The types that a plugin's members use: those that are read, and those that are written.</summary>
internal sealed record TypeTable(EquatableArray<TypeDefinition> Inputs, EquatableArray<TypeDefinition> Outputs);

/// <summary>An enum or a type with members.</summary>
/// <param name="Name">Unique in the plugin; the generated methods are named after it.</param>
/// <param name="FullName">The type's name in generated code.</param>
/// <param name="Title">Empty when there is none.</param>
/// <param name="Description">Empty when there is none.</param>
internal abstract record TypeDefinition(string Name, string FullName, string Title, string Description)
{
    /// <summary>Where the description may stand, the first place that has one before all others.</summary>
    public EquatableArray<CommentReference> Comments { get; init; }
}

/// <summary>
/// An enum: a string out of its members' names, which are in the order of their declaration; of flags an array of them. The
/// underlying type is a keyword, such as <c>int</c>.
/// </summary>
internal sealed record EnumDefinition(
    string Name,
    string FullName,
    string Title,
    string Description,
    string UnderlyingType,
    bool IsFlags,
    EquatableArray<EnumMember> Members) : TypeDefinition(Name, FullName, Title, Description);

/// <summary>A member of an enum.</summary>
/// <param name="Identifier">Its C# name.</param>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Bits">Its value.</param>
/// <param name="IsAlias">Whether an earlier member has the same value.</param>
internal sealed record EnumMember(string Identifier, string Name, ulong Bits, bool IsAlias)
{
    /// <summary>What it means; empty when nothing says it.</summary>
    public string Description { get; init; } = "";

    /// <summary>Where a description may stand that comes before this one.</summary>
    public EquatableArray<CommentReference> Comments { get; init; }
}

/// <summary>A record, class or struct. The members are in the order of their declaration, inherited ones first.</summary>
internal sealed record ObjectDefinition(
    string Name,
    string FullName,
    string Title,
    string Description,
    EquatableArray<MemberModel> Members) : TypeDefinition(Name, FullName, Title, Description)
{
    /// <summary>The member that holds those that the type has no names for; null where there is none.</summary>
    public MemberModel? Extension { get; init; }

    /// <summary>An expression of the type, where it is anonymous; null where its name can be written.</summary>
    public string? Example { get; init; }
}

/// <summary>A member of a type.</summary>
/// <param name="Property">Its place in the schema.</param>
/// <param name="Identifier">The C# name of the property or field; of a constructor's parameter without one, the parameter's.</param>
/// <param name="Through">The type that it is to be named by, where another member hides it; null elsewhere.</param>
/// <param name="Parameter">The constructor's parameter that takes it; null when there is none.</param>
/// <param name="Assignment">How it is set; of an output, none.</param>
/// <param name="IsLeftOut">When an output is not written.</param>
internal sealed record MemberModel(
    PropertyModel Property,
    string Identifier,
    string? Through,
    string? Parameter,
    Assignment Assignment,
    LeaveOut IsLeftOut)
{
    /// <summary>The C# expression for the member of an object.</summary>
    public string Of(string value) => Through is null ? $"{value}.{Identifier}" : $"(({Through}){value}).{Identifier}";
}

internal enum Assignment
{
    /// <summary>Not at all: the constructor does it.</summary>
    None,

    /// <summary>In the initializer, because C# demands it.</summary>
    Initializer,

    /// <summary>Afterwards, when it was given.</summary>
    Set,

    /// <summary>In the initializer, because C# allows it nowhere else; when it was not given, to what it is without.</summary>
    InitializerOrDefault,

    /// <summary>Filled, when it was given: a collection that only its type can make.</summary>
    Fill,

    /// <summary>In the initializer, but only when it was given: what it is without cannot be read.</summary>
    InitializerWhenGiven,
}

internal enum LeaveOut
{
    Never,
    WhenNull,
    WhenDefault,

    /// <summary>Of an Optional.</summary>
    WhenAbsent,
}

/// <summary>
/// A type whose values are of other types, told apart by a member, the discriminator, which is a string or an integer.
/// </summary>
internal sealed record UnionDefinition(
    string Name,
    string FullName,
    string Title,
    string Description,
    string Discriminator,
    bool IsNumeric,
    EquatableArray<UnionCase> Cases) : TypeDefinition(Name, FullName, Title, Description);

/// <summary>One of the types of a <see cref="UnionDefinition"/>.</summary>
/// <param name="Type">The type.</param>
/// <param name="Tag">What the discriminator says; an integer as its digits.</param>
/// <param name="Depth">How many base types it has: a value is of the deepest type that matches.</param>
internal sealed record UnionCase(DefinedType Type, string Tag, int Depth);
