namespace Orchestra.Sdk.Generators.Model;

/// <summary>A tool method.</summary>
/// <param name="Method">The method itself.</param>
/// <param name="Name">Its name in the protocol.</param>
/// <param name="Description">Empty when there is none.</param>
/// <param name="Strict">Whether tolerant forms are refused.</param>
/// <param name="Parameters">In the order of the method's.</param>
/// <param name="Return">What it returns, or yields.</param>
/// <param name="ContentType">Of a streaming tool, when it is not the usual one.</param>
internal sealed record ToolModel(
    MethodModel Method,
    string Name,
    string Description,
    bool Strict,
    EquatableArray<ParameterModel> Parameters,
    ReturnModel Return,
    string? ContentType)
{
    /// <summary>Where the description may stand, the first place that has one before all others.</summary>
    public EquatableArray<CommentReference> Comments { get; init; }

    /// <summary>What is said of its behavior, where something is.</summary>
    public EquatableArray<HintModel> Hints { get; init; }

    public bool IsStreaming => Return.Kind is ReturnKind.TextStream or ReturnKind.ByteStream or ReturnKind.ValueStream;
}

/// <summary>Something that is said of a tool's behavior.</summary>
/// <param name="Name">The property of the SDK's ToolHints.</param>
/// <param name="Text">The title; null for what is true or false.</param>
/// <param name="IsTrue">Whether it is true.</param>
internal sealed record HintModel(string Name, string? Text, bool IsTrue);

/// <summary>A parameter: one that is injected, or one that is read from the arguments.</summary>
/// <param name="Role">Where its value comes from.</param>
/// <param name="Property">Its place in the schema; null for what is injected.</param>
/// <param name="ProgressType">The type that an injected IProgress takes; null otherwise.</param>
/// <param name="Service">The service that is injected; null otherwise.</param>
internal sealed record ParameterModel(
    ParameterRole Role, PropertyModel? Property = null, string? ProgressType = null, ServiceModel? Service = null);

/// <summary>A service that is asked for at each call.</summary>
/// <param name="Parameter">The parameter's name.</param>
/// <param name="FullName">The type's name in generated code.</param>
/// <param name="DisplayName">The same for people.</param>
/// <param name="DefaultExpression">What stands for a service that is not there; null where the call fails then.</param>
internal sealed record ServiceModel(string Parameter, string FullName, string DisplayName, string? DefaultExpression);

internal enum ParameterRole
{
    Argument,
    CancellationToken,

    /// <summary>The ToolContext, PromptContext or EventContext.</summary>
    Context,
    Progress,

    /// <summary>The EventDelivery itself.</summary>
    Delivery,

    /// <summary>From the plugin's provider of services.</summary>
    Service,
}

/// <summary>A property of an object schema, and how it is read.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Title">Empty when there is none.</param>
/// <param name="Description">Empty when there is none.</param>
/// <param name="Type">Its type, without the constraints.</param>
/// <param name="Constraints">What its annotations demand.</param>
/// <param name="IsRequired">Whether it is listed in <c>required</c>.</param>
/// <param name="DefaultExpression">The C# expression for its absence; null when it is required, or no value then.</param>
/// <param name="Default">The default; null when there is none that JSON could say.</param>
internal sealed record PropertyModel(
    string Name,
    string Title,
    string Description,
    TypeModel Type,
    Constraints Constraints,
    bool IsRequired,
    string? DefaultExpression,
    DefaultModel? Default)
{
    /// <summary>Where a description may stand that comes before this one, the first place that has one before all others.</summary>
    public EquatableArray<CommentReference> Comments { get; init; }

    /// <summary>The name of the Optional that holds a value of the type; null where none does.</summary>
    public string? Optional { get; init; }

    /// <summary>The type of what holds the value in C#.</summary>
    public string DeclaredType => Optional ?? Type.FullName;
}

/// <summary>A default value as JSON can say it.</summary>
/// <param name="Kind">What it is in JSON.</param>
/// <param name="Text">The string, or the literal of the number or boolean.</param>
internal sealed record DefaultModel(DefaultKind Kind, string Text);

internal enum DefaultKind
{
    Text,
    Number,
    Boolean,
}

/// <summary>What a tool method returns.</summary>
/// <param name="IsAsync">Whether it is a Task or ValueTask that is awaited.</param>
/// <param name="Kind">How the result becomes an answer.</param>
/// <param name="Type">The type of the value, or of the values of a stream; null where the kind says all.</param>
internal sealed record ReturnModel(bool IsAsync, ReturnKind Kind, TypeModel? Type)
{
    /// <summary>Whether the value may be null, which is an answer without members.</summary>
    public bool MayBeNull { get; init; }

    /// <summary>What it means; empty when nothing says it.</summary>
    public string Description { get; init; } = "";

    /// <summary>Where a description may stand that comes before this one.</summary>
    public EquatableArray<CommentReference> Comments { get; init; }
}

internal enum ReturnKind
{
    /// <summary>Nothing: <c>{"text": "ok"}</c>.</summary>
    None,

    /// <summary>A string: <c>{"text": …}</c>.</summary>
    Text,

    /// <summary>A value: <c>{"data": …}</c>.</summary>
    Data,

    /// <summary>An object, whose members are the result.</summary>
    Members,

    /// <summary>A stream of strings.</summary>
    TextStream,

    /// <summary>A stream of bytes.</summary>
    ByteStream,

    /// <summary>A stream of other values.</summary>
    ValueStream,

    /// <summary>A ToolResult or ToolResponse, which says itself what it is.</summary>
    Response,
}
