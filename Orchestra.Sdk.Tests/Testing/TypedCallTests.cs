namespace Orchestra.Sdk.Tests.Testing;

/// <summary>Typed calls from a test's assembly to a plugin in another one.</summary>
internal sealed class TypedCallTests
{
    private const string Tasks = """
        public enum Priority { Low, VeryHigh }
        public sealed record NewTask(string Title, Priority Priority = Priority.Low, DateOnly? DueDate = null);
        public sealed record TaskInfo(int Id, string Title, Priority Priority, DateOnly? DueDate);

        [Plugin("tools.tasks"NAMES)]
        public partial class P
        {
            /// <summary>Adds.</summary>
            [Tool] public TaskInfo AddTask(string title, Priority priority = Priority.Low, DateOnly? dueDate = null) => new(7, title, priority, dueDate);
            /// <summary>Adds.</summary>
            [Tool] public List<TaskInfo> AddAll(NewTask[] tasks) => tasks.Select((task, i) => new TaskInfo(i, task.Title, task.Priority, task.DueDate)).ToList();
            /// <summary>Finds.</summary>
            [Tool] public TaskInfo? Find(int id) => id == 7 ? new(7, "Milk", Priority.VeryHigh, null) : null;
            /// <summary>Counts.</summary>
            [Tool] public int Count([Argument(Name = "list.name")] string listName) => listName.Length;
            /// <summary>Says.</summary>
            [Tool] public string? Say(bool aloud) => aloud ? "hello" : null;
            /// <summary>Fails.</summary>
            [Tool] public void Fail() => throw new ToolException("no_luck", "try tomorrow");
            /// <summary>Asks.</summary>
            [Prompt] public string Ask(string topic, int times, Priority priority) => $"{topic} {times} {priority}";
            /// <summary>Counts.</summary>
            [StreamingTool] public async IAsyncEnumerable<string> Stream(int upTo) { for (int i = 0; i < upTo; i++) { yield return $"{i}"; } await Task.Yield(); }
            public string Heard = "";
            [OnEvent("task.added")] public void Added(NewTask task) => Heard = task.Title;
        }
        """;

    private static readonly string Plain = "using System.Linq;\n" + Tasks.Replace("NAMES", "", StringComparison.Ordinal);

    private static readonly string Snake = "using System.Linq;\n"
        + Tasks.Replace("NAMES", ", ArgumentNames = NamingPolicy.SnakeCase, EnumNames = NamingPolicy.KebabCase", StringComparison.Ordinal);

    private static IEnumerable<TestCaseData> Plugins => [new TestCaseData(Plain).SetArgDisplayNames("plain"), new TestCaseData(Snake).SetArgDisplayNames("snake")];

    [TestCaseSource(nameof(Plugins))]
    public async Task Sends_a_record_and_reads_one(string plugin) => Assert.That(
        await TypedCallHarness.RunAsync(plugin, """
            TaskInfo task = await plugin.CallToolAsync("add_task", new NewTask("Milk", Priority.VeryHigh, new DateOnly(2026, 12, 1))).ReadAsAsync<TaskInfo>();
            return task == new TaskInfo(7, "Milk", Priority.VeryHigh, new DateOnly(2026, 12, 1));
            """),
        Is.True);

    [TestCaseSource(nameof(Plugins))]
    public async Task Sends_anonymous_types_within_one_another(string plugin) => Assert.That(
        await TypedCallHarness.RunAsync(plugin, """
            var answer = await plugin.CallToolAsync("add_all", new { tasks = new[] { new { title = "a", Priority = Priority.VeryHigh } } });
            var other = await plugin.CallToolAsync("add_all", new { tasks = new[] { 1, 2 }.Select(i => new { title = $"{i}" }) });
            var more = await plugin.CallToolAsync("add_all", new { Tasks = new[] { 1, 2 }.Select(i => new { Title = $"{i}", DueDate = new DateOnly(2026, 1, i) }).ToList() });
            return string.Join(", ", answer.ReadAs<List<TaskInfo>>().Concat(other.ReadAs<TaskInfo[]>()).Concat(more.ReadAs<IReadOnlyList<TaskInfo>>())
                .Select(task => $"{task.Title} {task.Priority} {task.DueDate:MM-dd}"));
            """),
        Is.EqualTo("a VeryHigh , 1 Low , 2 Low , 1 Low 01-01, 2 Low 01-02"));

    [Test]
    public async Task Sends_types_of_the_test_itself_and_dictionaries() => Assert.That(
        await TypedCallHarness.RunAsync(
            Snake,
            """
            var one = await plugin.CallToolAsync("add_task", new Mine { Title = "a" });
            var two = await plugin.CallToolAsync("add_task", new Dictionary<string, object?> { ["title"] = "b" }, CancellationToken.None);
            var three = await plugin.CallToolAsync("add_task", new Struct("c"));
            return string.Join(", ", new[] { one, two, three }.Select(answer => answer.ReadAs<OnlyTitle>().Title));
            """,
            """
            internal sealed class Mine { public required string Title { get; init; } public DateOnly? DueDate { get; init; } }
            internal sealed record OnlyTitle(string Title);
            internal readonly record struct Struct(string Title);
            """),
        Is.EqualTo("a, b, c"));

    [Test]
    public async Task Reads_what_is_no_object_and_what_is_null() => Assert.That(
        await TypedCallHarness.RunAsync(Plain, """
            return string.Join(", ",
                (await plugin.CallToolAsync("count", new { listName = "abc" })).ReadAs<int>(),
                (await plugin.CallToolAsync("count", new { list_name = "abcd" })).ReadAs<long?>(),
                (await plugin.CallToolAsync("say", new { aloud = true })).ReadAs<string>(),
                (await plugin.CallToolAsync("say", new { aloud = false })).ReadAs<string?>() is null,
                (await plugin.CallToolAsync("find", new { id = 7 })).ReadAs<TaskInfo?>()?.Title,
                (await plugin.CallToolAsync("find", new { id = 8 })).ReadAs<TaskInfo>() is null);
            """),
        Is.EqualTo("3, 4, hello, True, Milk, True"));

    [Test]
    public async Task Streams_prompts_and_events_take_them_too() => Assert.That(
        await TypedCallHarness.RunAsync(Snake, """
            string text = "";
            await foreach (StreamChunk chunk in plugin.StreamToolAsync("stream", new { upTo = 3 }))
            {
                text += chunk.Data.ToStringUtf8();
            }

            PromptGetResponse prompt = await plugin.GetPromptAsync("ask", new { topic = "Tea", times = 2, priority = Priority.VeryHigh });
            P heard = new();
            await using var other = ExportedPlugin.For(heard);
            await other.PublishAsync("task.added", new NewTask("Milk"));
            return $"{text} {prompt.Messages[0].Content.Text} {heard.Heard}";
            """),
        Is.EqualTo("012 Tea 2 VeryHigh Milk"));

    [Test]
    public async Task Calls_as_before_take_the_ways_they_took() => Assert.That(
        await TypedCallHarness.RunAsync(Plain, """
            var one = await plugin.CallToolAsync("find", ("id", 7));
            var two = await plugin.CallToolAsync("find", "{\"id\":7}");
            var three = await plugin.CallToolAsync("find", "{\"id\":7}", CancellationToken.None);
            var prompt = await plugin.GetPromptAsync("ask", ("topic", "Tea"), ("times", "2"), ("priority", "Low"));
            await plugin.PublishAsync("task.added", ("title", "Milk"));
            return one.Equals(two) && two.Equals(three) && prompt.Messages.Count == 1 && one.Success;
            """),
        Is.True);

    [TestCase("""(await plugin.CallToolAsync("add_task", new { tittle = "x", priority = 3 })).EnsureSuccess();""", """
        tool "add_task" has failed: invalid_arguments
          arguments.title: required, but not given
          arguments.priority: expected one of "Low", "VeryHigh", got the number 3
          arguments.tittle: unknown argument, did you mean "title"?
        called with { "tittle": "x", "priority": 3 }
        """)]
    [TestCase("""(await plugin.CallToolAsync("fail")).ReadAs<int>();""", """
        tool "fail" has failed: no_luck
          try tomorrow
        called with { }
        """)]
    [TestCase("""(await plugin.CallToolAsync("find", ("id", 7))).ReadAs<Guid>();""", """
        tool "find" has not answered with a System.Guid
          result.data: expected, but not there
        called with { "id": 7 }
        answered { "id": 7, "title": "Milk", "priority": "VeryHigh", "dueDate": null }
        """)]
    [TestCase("""(await plugin.CallToolAsync("find", ("id", 7))).ReadAs<Wrong>();""", """
        tool "find" has not answered with a Wrong
          result.id: expected true or false, got the number 7
          result.name: required, but not given
        called with { "id": 7 }
        answered { "id": 7, "title": "Milk", "priority": "VeryHigh", "dueDate": null }
        """)]
    [TestCase("""(await plugin.CallToolAsync("find", ("id", 7))).EnsureError("not_found");""", """
        tool "find" has not failed, but should have: not_found
        called with { "id": 7 }
        answered { "id": 7, "title": "Milk", "priority": "VeryHigh", "dueDate": null }
        """)]
    [TestCase("""(await plugin.CallToolAsync("fail")).EnsureError("not_found");""", """
        tool "fail" has failed with no_luck, not with not_found
          try tomorrow
        called with { }
        """)]
    public async Task Says_what_is_wrong_with_an_answer(string statement, string message) => Assert.That(
        await TypedCallHarness.RunAsync(
            Plain,
            $$"""
            try { {{statement}} return null; }
            catch (UnexpectedAnswerException exception) { return exception.Message; }
            """,
            "internal sealed record Wrong(bool Id, string Name);"),
        Is.EqualTo(message));

    [Test]
    public async Task Lists_the_faults_of_an_error_that_was_expected() => Assert.That(
        await TypedCallHarness.RunAsync(Plain, """
            var answer = (await plugin.CallToolAsync("add_task", new { })).EnsureError("invalid_arguments");
            return string.Join(", ", answer.Faults()) + (await plugin.CallToolAsync("find", ("id", 7))).Faults().Count;
            """),
        Is.EqualTo("arguments.title: required, but not given0"));

    [Test]
    public async Task A_type_that_nothing_was_generated_for_is_told() => Assert.That(
        await TypedCallHarness.RunAsync(Plain, """
            static Task<ToolResponse> Call<T>(ExportedPlugin plugin, T arguments) => plugin.CallToolAsync("find", arguments);
            try { await Call(plugin, new Version(1, 2)); return null; }
            catch (InvalidOperationException exception) { return exception.Message; }
            """),
        Does.StartWith("no code was generated that sends a System.Version: ").And.Contains("ORC035"));
}
