using Orchestra.Examples.Host.Shell;
using Orchestra.Examples.Host.Text;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Tests.Examples;

/// <summary>What examples/Host's shell makes of what is typed.</summary>
internal sealed class ShellTests
{
    private static readonly Completer Completer = new(
        [
            Tool("create_note", """
                {"properties":{
                  "draft":{"type":"object","required":["title"],"properties":{
                    "tags":{"type":"array","items":{"type":"string"}},
                    "title":{"type":"string"}
                  }},
                  "color":{"type":"string","enum":["red","blue"]},
                  "pinned":{"type":"boolean"}
                },"required":["draft"]}
                """),
            Tool("count", "{}"),
        ],
        [new PromptDefinition { Name = "summarize", Arguments = { new PromptArgument { Name = "tag" } } }],
        ["note.requested"]);

    [TestCase("c", 0, "create_note", "count", "call")]
    [TestCase("  CR", 2, "create_note")]
    [TestCase("call cr", 5, "create_note")]
    [TestCase("create_note ", 12, "draft.title=", "draft.tags=", "color=", "pinned=")]
    [TestCase("create_note draft.title=x ", 26, "draft.tags=", "color=", "pinned=")]
    [TestCase("create_note draft.tags=x draft.t", 25, "draft.title=", "draft.tags=")]
    [TestCase("stream create_note co", 19, "color=")]
    [TestCase("create_note color=", 12, "color=red", "color=blue")]
    [TestCase("create_note pinned=t", 12, "pinned=true")]
    [TestCase("create_note {\"dr", 12)]
    [TestCase("count ", 6)]
    [TestCase("prompt ", 7, "summarize")]
    [TestCase("prompt summarize ", 17, "tag=")]
    [TestCase("prompt summarize tag=a ", 23)]
    [TestCase("publish n", 8, "note.requested")]
    [TestCase("storage r", 8, "read")]
    [TestCase("describe count ", 15)]
    [TestCase("no_such_tool ", 13)]
    public void Completes_a_line(string line, int start, params string[] expected)
    {
        (int at, IReadOnlyList<Candidate> candidates) = Completer.Complete(line);

        Assert.That(candidates.Select(candidate => candidate.Text), Is.EqualTo(expected));
        Assert.That(at, Is.EqualTo(start));
    }

    [TestCase("create_note ", "draft.title= [draft.tags=] [color=] [pinned=]")]
    [TestCase("create_note color=red ", "draft.title= [draft.tags=] [pinned=]")]
    [TestCase("create_note co", "")]
    [TestCase("create_note", "")]
    [TestCase("", "")]
    public void Shows_what_can_still_come(string line, string hint) => Assert.That(Completer.Hint(line), Is.EqualTo(hint));

    [TestCase("")]
    [TestCase("  a  b ", "a", "b")]
    [TestCase("a 'b c' \"d e\"f", "a", "b c", "d ef")]
    [TestCase("text=\"a \\\"b\\\"\\nc\"", "text=a \"b\"\nc")]
    [TestCase("text='a\\b'", "text=a\\b")]
    [TestCase("greet {\"name\": \"A B\"} ", "greet", "{\"name\": \"A B\"}")]
    [TestCase("a 'b", "a", "b")]
    [TestCase("a ''", "a", "")]
    public void Splits_a_line_into_words(string line, params string[] words) =>
        Assert.That(ShellWords.Split(line).Select(word => word.Text), Is.EqualTo(words));

    [Test]
    public void Edits_a_line()
    {
        var line = new EditedLine();
        line.Insert("greet nam=Ada 😀");
        line.Backspace();
        line.WordLeft();
        line.Right();
        line.Right();
        line.Right();
        line.Insert("e");
        line.Home();
        line.Delete();
        line.Insert("G");
        Assert.That((line.Text, line.Cursor), Is.EqualTo(("Greet name=Ada ", 1)));

        line.End();
        line.DeleteWord();
        Assert.That(line.Text, Is.EqualTo("Greet "));
        line.Left();
        line.DeleteToEnd();
        Assert.That(line.Text, Is.EqualTo("Greet"));
        line.DeleteToStart();
        Assert.That((line.Text, line.CursorIsAtEnd), Is.EqualTo(("", true)));
    }

    [Test]
    public void Remembers_lines_of_before_and_of_other_days()
    {
        using var folder = new Interop.TemporaryFolder();
        string path = folder.File("sub/history");
        var first = new History(path);
        first.Add("one");
        first.Add("two");
        first.Add("two");
        first.Add(" ");
        first.Save();
        var second = new History(path);

        Assert.That(second.Up("draft"), Is.EqualTo("two"));
        Assert.That(second.Up("two"), Is.EqualTo("one"));
        Assert.That(second.Up("one"), Is.EqualTo("one"));
        Assert.That(second.Down("one"), Is.EqualTo("two"));
        Assert.That(second.Down("two"), Is.EqualTo("draft"));
        Assert.That(second.Down("draft"), Is.EqualTo("draft"));
    }

    [TestCase("gret", "greet")]
    [TestCase("GREET", "greet")]
    [TestCase("create_nots", "create_note")]
    [TestCase("x", null)]
    [TestCase("entirely_other", null)]
    public void Guesses_what_was_meant(string given, string? meant) =>
        Assert.That(Nearest.Of(given, ["create_note", "greet", "search"]), Is.EqualTo(meant));

    private static ToolDefinition Tool(string name, string schema) =>
        new() { Name = name, InputSchema = JsonText.ParseObject(schema) };
}
