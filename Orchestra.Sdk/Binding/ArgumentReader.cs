using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Binding;

/// <summary>
/// Finds the arguments of one call by name and collects what is wrong with them, so that one answer tells all of it. Called by
/// generated code: it reads each argument, then calls <see cref="Reject"/>. Not safe for several threads.
/// </summary>
/// <remarks>For generated code alone, and covered by versioning for nothing else.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class ArgumentReader
{
    // Each name that is not given is looked for in another case among all that are: a peer says how many.
    private const int MostToSearch = 1024;

    private readonly MapField<string, Value>? _given;
    private readonly BindingCall _call;

    // Of a prompt, whose answer does not tell what is wrong from what is meant.
    private readonly PromptContext? _prompt;

    // Of the members of an object: where the object stands, and how many faults there were before it. Of a call's arguments: none.
    private readonly Argument? _parent;
    private readonly long _faultsBefore;

    // Whether the type has a member for those that it has no names for.
    private bool _takesUnknown;

    // Given names in the wrong case and what they were taken for. Nearly always null.
    private List<(string Given, string Name)>? _renamed;

    /// <summary>Reads the arguments of <paramref name="request"/>.</summary>
    /// <param name="request">The call; no arguments at all are the same as an empty object.</param>
    /// <param name="context">Names the tool and gives the log.</param>
    /// <param name="strict">True to refuse the forms that are otherwise tolerated.</param>
    public ArgumentReader(ToolRequest request, ToolContext context, bool strict)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        _given = request.Arguments?.Fields;
        _call = new BindingCall { Logger = context.Logger, Patterns = context.Patterns, Name = context.ToolName, IsStrict = strict };
    }

    /// <summary>Reads the arguments of a prompt, which are texts.</summary>
    /// <param name="request">The request.</param>
    /// <param name="context">Names the prompt and gives the log.</param>
    public ArgumentReader(PromptGetRequest request, PromptContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        _prompt = context;
        _given = [];
        foreach ((string name, string text) in request.Arguments)
        {
            _given.Add(name, Value.ForString(text));
        }

        _call = new BindingCall
        {
            Logger = context.Logger,
            Patterns = context.Patterns,
            Name = context.PromptName,
            What = "prompt",
            IsText = true,
        };
    }

    /// <summary>Reads the payload of an event, of which unknown members are no fault.</summary>
    /// <param name="delivery">The event.</param>
    /// <param name="context">Names the topic and gives the log.</param>
    public ArgumentReader(EventDelivery delivery, EventContext context)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(context);
        _given = delivery.Payload?.Fields ?? [];
        _call = new BindingCall { Logger = context.Logger, Patterns = context.Patterns, Name = context.Topic, IgnoresUnknown = true };
    }

    internal ArgumentReader(Argument parent, BindingCall call, MapField<string, Value> given)
    {
        _given = given;
        _call = call;
        _parent = parent;
        _faultsBefore = call.Faults.Total;
    }

    internal BindingCall Call => _call;

    /// <summary>Finds an argument that must be given; <c>null</c> counts as given.</summary>
    /// <param name="name">The argument's name.</param>
    /// <param name="argument">The argument.</param>
    /// <returns>False, with the fault noted, when it is absent.</returns>
    public bool Require(string name, out Argument argument)
    {
        if (TryGet(name, out Value? value))
        {
            argument = new Argument(_call, name, value);
            return true;
        }

        argument = default;

        // Of one that was taken for another, TryGet has noted a better fault.
        if (TakenFor(name) is null)
        {
            _call.Faults.Add(ArgumentPath.Step(name), "required, but not given");
        }

        return false;
    }

    /// <summary>Finds an argument that may be left out.</summary>
    /// <param name="name">The argument's name.</param>
    /// <param name="argument">The argument.</param>
    /// <returns>False when it is absent or <c>null</c>.</returns>
    public bool Find(string name, out Argument argument)
    {
        if (TryGet(name, out Value? value))
        {
            argument = new Argument(_call, name, value);
            return !argument.IsNull;
        }

        argument = default;
        return false;
    }

    /// <summary>Ends the reading: looks for unknown arguments and sums up all faults.</summary>
    /// <param name="names">The names of all the arguments that the tool has.</param>
    /// <returns>The answer that names every fault, or <see langword="null"/> when there is none.</returns>
    public ToolResponse? Reject(params ReadOnlySpan<string> names)
    {
        NoteUnknown(names);
        return _call.Faults.IsEmpty
            ? null
            : new ToolResponse { Success = false, ErrorCode = ErrorCodes.InvalidArguments, ErrorMessage = _call.Faults.ToText("arguments") };
    }

    /// <summary>All that was given as one object: the payload of an event.</summary>
    /// <returns>The object.</returns>
    public Argument Whole()
    {
        var members = new Struct();
        members.Fields.Add(_given);
        return new Argument(_call, ArgumentPath.Root, Value.ForStruct(members));
    }

    /// <summary>Ends the reading of a prompt's arguments.</summary>
    /// <param name="names">The names of all the arguments that the prompt has.</param>
    /// <returns>The answer whose description names every fault, or <see langword="null"/> when there is none.</returns>
    public PromptGetResponse? RejectPrompt(params ReadOnlySpan<string> names)
    {
        NoteUnknown(names);
        if (_call.Faults.IsEmpty)
        {
            return null;
        }

        _prompt!.IsRejected = true;
        return new PromptGetResponse { Description = _call.Faults.ToText("arguments") };
    }

    /// <summary>Ends the reading of an event's payload.</summary>
    /// <returns>What says why the payload does not fit, or <see langword="null"/> when it does.</returns>
    public ToolResponse? RejectPayload() => _call.Faults.IsEmpty
        ? null
        : new ToolResponse { Success = false, ErrorCode = ErrorCodes.InvalidArguments, ErrorMessage = _call.Faults.ToText("payload") };

    /// <summary>Ends the reading of an object's members: looks for unknown ones.</summary>
    /// <param name="names">The names of all the members that the type has.</param>
    /// <returns>False when a fault was found in the object, which must not be made then.</returns>
    public bool Complete(params ReadOnlySpan<string> names)
    {
        NoteUnknown(names);
        _call.Depth--;
        _parent?.PrefixFaults(_faultsBefore);
        return _call.Faults.Total == _faultsBefore;
    }

    /// <summary>Finds a value whose name was given in another case.</summary>
    internal bool TryGetInAnyCase(string name, out string given, [NotNullWhen(true)] out Value? value)
    {
        bool isGiven = TryGet(name, out value);
        given = isGiven ? _renamed![0].Given : name;
        return isGiven;
    }

    private bool TryGet(string name, [NotNullWhen(true)] out Value? value)
    {
        value = null;
        if (_given is null || _given.Count == 0)
        {
            return false;
        }

        if (_given.TryGetValue(name, out value))
        {
            if (TakenFor(name) is not { } other)
            {
                return true;
            }

            // Two arguments of the tool differ in case only, and the other one has taken this value.
            _call.Faults.Add(
                ArgumentPath.Step(name), $"given, but taken for {ValueText.Quote(other)}; give both by their exact names");
            return false;
        }

        return !_call.IsStrict && TryGetInAnyCase(name, out value);
    }

    private bool TryGetInAnyCase(string name, [NotNullWhen(true)] out Value? value)
    {
        value = null;
        if (_given!.Count > MostToSearch)
        {
            return false;
        }

        using var given = new GivenArguments(_given!);
        foreach ((string key, Value candidate) in given.Span)
        {
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase) && !IsTaken(key))
            {
                (_renamed ??= []).Add((key, name));
                _call.Tolerate(name, Tolerance.NameInWrongCase);
                value = candidate;
                return true;
            }
        }

        return false;
    }

    private bool IsTaken(string given) => TakenFor(given) is not null;

    private string? TakenFor(string given)
    {
        if (_renamed is not null)
        {
            foreach ((string key, string name) in _renamed)
            {
                if (key == given)
                {
                    return name;
                }
            }
        }

        return null;
    }
}
