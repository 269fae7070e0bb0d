using Orchestra.Examples.Host.Orchestration;
using Orchestra.Examples.Host.Text;
using Orchestra.Sdk.Messages;

namespace Orchestra.Examples.Host.Shell;

/// <summary>How a word may go on.</summary>
/// <param name="Text">The whole word.</param>
/// <param name="Note">What it is.</param>
internal sealed record Candidate(string Text, string Note);

/// <summary>Knows what can stand in a line: commands and tools, then arguments and their values, by the schemas.</summary>
internal sealed class Completer(IReadOnlyList<ToolDefinition> tools, IReadOnlyList<PromptDefinition> prompts, IReadOnlyList<string> topics)
{
    private static readonly string[] StorageVerbs = ["list", "read", "delete"];

    public static Completer Of(Ensemble ensemble) => new(
        [.. ensemble.Tools],
        [.. ensemble.Plugins.SelectMany(plugin => plugin.Prompts)],
        [.. ensemble.Sessions.SelectMany(session => session.Manifest.NeedsEvents).Distinct()]);

    /// <summary>How the last word of a line may go on, and where that word begins.</summary>
    public (int Start, IReadOnlyList<Candidate> Candidates) Complete(string line)
    {
        (IReadOnlyList<string> before, ShellWord word) = Split(line);
        IEnumerable<Candidate> candidates = Find(before, word.Text)
            .Where(candidate => candidate.Text.StartsWith(word.Text, StringComparison.OrdinalIgnoreCase));
        return (word.Start, [.. candidates]);
    }

    /// <summary>The arguments that a line can still have, for somebody who has named a tool and a blank; empty for others.</summary>
    public string Hint(string line)
    {
        (IReadOnlyList<string> before, ShellWord word) = Split(line);
        return word.Text.Length > 0 || ToolOf(before) is not { } tool
            ? ""
            : string.Join(' ', Unused(tool, before).Select(argument => argument.IsRequired ? $"{argument.Name}=" : $"[{argument.Name}=]"));
    }

    private static (IReadOnlyList<string> Before, ShellWord Word) Split(string line)
    {
        IReadOnlyList<ShellWord> words = ShellWords.Split(line);
        bool isNew = words.Count == 0 || char.IsWhiteSpace(line[^1]);
        ShellWord word = isNew ? new ShellWord("", line.Length) : words[^1];
        return ([.. (isNew ? words : words.SkipLast(1)).Select(one => one.Text)], word);
    }

    private IEnumerable<Candidate> Find(IReadOnlyList<string> before, string word) => before switch
    {
        [] => [.. Tools(), .. Verbs.All.Select(verb => new Candidate(verb.Name, verb.Description))],
        [Verbs.Call or Verbs.Stream or Verbs.Describe] => Tools(),
        [Verbs.Describe, ..] => [],
        [Verbs.Prompt] => prompts.Select(prompt => new Candidate(prompt.Name, prompt.Description)),
        [Verbs.Prompt, var name, ..] => PromptArguments(name, before),
        [Verbs.Publish] or [Verbs.Watch, ..] => topics.Select(topic => new Candidate(topic, "")),
        [Verbs.Storage] => StorageVerbs.Select(verb => new Candidate(verb, "")),
        _ when ToolOf(before) is { } tool => Arguments(tool, before, word),
        _ => [],
    };

    private IEnumerable<Candidate> Tools() => tools.Select(tool => new Candidate(tool.Name, tool.Description));

    private ToolDefinition? ToolOf(IReadOnlyList<string> before) => before switch
    {
        [Verbs.Call or Verbs.Stream, var name, ..] => tools.FirstOrDefault(tool => tool.Name == name),
        [var name, ..] => tools.FirstOrDefault(tool => tool.Name == name),
        _ => null,
    };

    private static IEnumerable<Candidate> Arguments(ToolDefinition tool, IReadOnlyList<string> before, string word)
    {
        int equals = word.IndexOf('=');
        return equals < 0
            ? Unused(tool, before).Select(argument => new Candidate($"{argument.Name}=", $"{argument.Type}  {argument.Description}"))
            : ToolArgument.Of(tool.InputSchema)
                .Where(argument => argument.Name == word[..equals])
                .SelectMany(argument => argument.Choices)
                .Select(choice => new Candidate($"{word[..equals]}={choice}", ""));
    }

    /// <summary>Those that are not given yet, the required ones first.</summary>
    private static IEnumerable<ToolArgument> Unused(ToolDefinition tool, IReadOnlyList<string> before) => ToolArgument.Of(tool.InputSchema)
        .Where(argument => ToolArgument.KindOf(argument.Schema) == "array" || !IsGiven(argument.Name, before))
        .OrderBy(argument => argument.IsRequired ? 0 : 1);

    private IEnumerable<Candidate> PromptArguments(string name, IReadOnlyList<string> before) => prompts
        .Where(prompt => prompt.Name == name)
        .SelectMany(prompt => prompt.Arguments)
        .Where(argument => !IsGiven(argument.Name, before))
        .Select(argument => new Candidate($"{argument.Name}=", argument.Description));

    private static bool IsGiven(string name, IEnumerable<string> words) =>
        words.Any(word => word.StartsWith($"{name}=", StringComparison.Ordinal));
}
