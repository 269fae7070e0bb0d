using System.Linq;
using Microsoft.CodeAnalysis;

namespace Orchestra.Sdk.Generators.Diagnostics;

/// <summary>Every diagnostic, in the order of docs/diagnostics.md.</summary>
internal static class DiagnosticDescriptors
{
    /// <summary>The page that tells more of each; it is in the package.</summary>
    private const string Page = "docs/diagnostics.md";

    public static readonly DiagnosticDescriptor NotPartial = Error(
        "ORC001", "A plugin class must be partial", "'{0}' must be declared partial, because the generator writes its other half");

    public static readonly DiagnosticDescriptor UnsupportedClass = Error(
        "ORC002", "Not a class that can be a plugin", "'{0}' is {1}: a plugin is an instance class that is not generic, abstract or file-local");

    public static readonly DiagnosticDescriptor InvalidPluginId = Error(
        "ORC003", "Invalid plugin id", "'{0}' is no plugin id: use 1 to 64 letters, digits, '.', '_' and '-', beginning with a letter or digit");

    public static readonly DiagnosticDescriptor ToolOutsidePlugin = Warning(
        "ORC004", "A tool outside a plugin is never called", "'{0}' is {2}, but '{1}' has no [Plugin] attribute and no plugin derives from it, so nothing will ever call it");

    public static readonly DiagnosticDescriptor DuplicateToolName = Error(
        "ORC005", "Duplicate tool name", "The tool name '{0}' is already used by '{1}': give one of them another by [Tool(Name = \"…\")]");

    public static readonly DiagnosticDescriptor InvalidToolName = Error(
        "ORC006", "Invalid tool name", "'{0}' is no tool name that clients take: set [Tool(Name = \"…\")] to 1 to 64 ASCII letters, digits, '_' and '-'");

    public static readonly DiagnosticDescriptor UnsupportedMethod = Error(
        "ORC007", "Not a method that can be a tool", "'{0}' is {1}: {2} is a method without type parameters that can be called by its name");

    public static readonly DiagnosticDescriptor AsyncVoid = Error(
        "ORC008", "A tool cannot be async void", "'{0}' is async void: return Task, so that its end and its failure can be seen");

    public static readonly DiagnosticDescriptor UnsupportedParameterType = Error(
        "ORC009", "Parameter type without a JSON Schema", "The parameter '{0}' of {4} '{1}' has the type '{2}', which has no JSON Schema form{3}");

    public static readonly DiagnosticDescriptor ParameterByReference = Error(
        "ORC010", "A tool's parameter is passed by value", "The parameter '{0}' of {3} '{1}' is passed by '{2}': arguments come by value");

    public static readonly DiagnosticDescriptor InvalidArgumentName = Error(
        "ORC011", "Invalid argument name", "'{0}' is no argument name that clients take: set [Argument(Name = \"…\")] to 1 to 64 ASCII letters, digits, '_', '.' and '-'");

    public static readonly DiagnosticDescriptor DuplicateArgumentName = Error(
        "ORC012", "Duplicate argument name", "The argument name '{0}' is used twice by {2} '{1}' (case does not tell names apart)");

    public static readonly DiagnosticDescriptor ConstraintDoesNotApply = Error(
        "ORC013", "Constraint on a type it cannot check", "[{0}] on '{1}' does not apply to the type '{2}'");

    public static readonly DiagnosticDescriptor InvalidConstraint = Error(
        "ORC014", "Invalid constraint", "[{0}] on '{1}': {2}");

    public static readonly DiagnosticDescriptor DefaultBreaksConstraint = Warning(
        "ORC015", "Default value outside its own constraint", "The default value of '{0}' is refused when a caller sends it: {1}");

    public static readonly DiagnosticDescriptor UnsupportedReturnType = Error(
        "ORC016", "Return type that cannot be sent", "The tool '{0}' returns '{1}', which has no JSON form{2}");

    public static readonly DiagnosticDescriptor NoDescription = Warning(
        "ORC017", "A tool without a description", "The tool '{0}' has no description: a model chooses tools by it, so add a <summary> or [Tool(Description = \"…\")]");

    public static readonly DiagnosticDescriptor NoCancellationToken = Info(
        "ORC018", "An asynchronous method that cannot be canceled", "'{0}' has no CancellationToken parameter: it goes on when nobody waits any more");

    public static readonly DiagnosticDescriptor NotPortable = Warning(
        "ORC019", "A type that some clients refuse", "The schema of '{0}' of tool '{1}' is refused or misread by some clients, because {2}");

    public static readonly DiagnosticDescriptor TextIsNoString = Warning(
        "ORC020", "A result whose text is no string", "The result of tool '{0}' has a member '{1}' named \"text\" in JSON that is no string: hosts show it as an empty text");

    public static readonly DiagnosticDescriptor NoStream = Error(
        "ORC021", "A streaming tool that does not stream", "The streaming tool '{0}' returns '{1}': it must be an IAsyncEnumerable of strings, bytes or a type with a JSON form{2}");

    public static readonly DiagnosticDescriptor InvalidPromptName = Error(
        "ORC022", "Invalid prompt name", "'{0}' is no prompt name that clients take: set [Prompt(Name = \"…\")] to 1 to 64 ASCII letters, digits, '_' and '-'");

    public static readonly DiagnosticDescriptor DuplicatePromptName = Error(
        "ORC023", "Duplicate prompt name", "The prompt name '{0}' is already used by '{1}': give one of them another by [Prompt(Name = \"…\")]");

    public static readonly DiagnosticDescriptor NoTextForm = Error(
        "ORC024", "A prompt's parameter without a text form", "The parameter '{0}' of prompt '{1}' has the type '{2}', but the arguments of prompts are texts: take a string, a number, a date, an enum or the like");

    public static readonly DiagnosticDescriptor UnsupportedPromptResult = Error(
        "ORC025", "A prompt that returns no messages", "The prompt '{0}' returns '{1}': it must be a string, a PromptMessage, a list of them, or a PromptGetResponse");

    public static readonly DiagnosticDescriptor InvalidSubscription = Error(
        "ORC026", "Invalid topic or filter", "[OnEvent] on '{0}': {1}");

    public static readonly DiagnosticDescriptor UnsupportedPayload = Error(
        "ORC027", "A parameter that no event has", "The parameter '{0}' of event handler '{1}' {2}: besides what is injected it takes the payload, as one object");

    public static readonly DiagnosticDescriptor UnsupportedEventResult = Error(
        "ORC028", "An event handler with a result", "The event handler '{0}' returns '{1}', but nobody receives it: return void, Task or ValueTask");

    public static readonly DiagnosticDescriptor AsyncVoidEndsProcess = Warning(
        "ORC029", "An async void method can end the process", "{0} is async void: what it throws ends a native process, so return Task or catch it there");

    public static readonly DiagnosticDescriptor EndlessType = Error(
        "ORC030", "A type that never ends", "{0} is a '{1}', but {2}, so that no schema can hold it: give the member the type with the same type arguments, or leave it out by [JsonIgnore]");

    public static readonly DiagnosticDescriptor ConverterIsNotRun = Warning(
        "ORC031", "A JSON converter that is not run", "The [JsonConverter] of '{0}' is not run: give the type the members that its JSON has, let it implement IParsable<T> where it is a text, or take a JsonElement and convert it in the method");

    public static readonly DiagnosticDescriptor PatternIsNotEcma = Info(
        "ORC032", "A pattern that no schema can say", "The pattern of '{0}' is told in the description and checked before the method runs, but is not in the schema: ECMA-262 cannot say {1}");

    public static readonly DiagnosticDescriptor NotAPlugin = Error(
        "ORC033", "A class that is no plugin", "'{0}' is no plugin, as '{1}' needs one: mark it with [Plugin(\"…\")] and make it partial");

    public static readonly DiagnosticDescriptor NoService = Error(
        "ORC034", "A parameter that cannot be a service", "The parameter '{0}' of {2} '{1}' has [FromServices], but {3}");

    public static readonly DiagnosticDescriptor NoTypedCall = Warning(
        "ORC035", "A typed call without generated code", "A '{0}' cannot be {1} here, and the call throws: {2}");

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        Create(id, title, message, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string id, string title, string message) =>
        Create(id, title, message, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Info(string id, string title, string message) =>
        Create(id, title, message, DiagnosticSeverity.Info);

    private static DiagnosticDescriptor Create(string id, string title, string message, DiagnosticSeverity severity) =>
        new(id, title, message, "Orchestra", severity, isEnabledByDefault: true, helpLinkUri: Page + "#" + Anchor(id + " " + title));

    /// <summary>What a heading is linked by: lower case, with a dash for every space and without punctuation.</summary>
    private static string Anchor(string heading) =>
        string.Concat(heading.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-').Select(c => c == ' ' ? '-' : c));
}
