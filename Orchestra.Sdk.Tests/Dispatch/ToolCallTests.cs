using System.Reflection;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Dispatch;

public class ToolCallTests
{
    private static readonly string[] Names = ["plain", "quo\"te\\", "line\nREADY", "esc\u001b[2J", "\u202egnp"];

    [Test]
    public async Task Passes_on_who_calls_and_for_what()
    {
        ToolContext? seen = null;
        Struct? arguments = null;
        await CallAsync(
            (request, context, _) =>
            {
                (seen, arguments) = (context, request.Arguments);
                return new(new ToolResponse { Success = true });
            },
            new ToolRequest
            {
                ToolName = "tool",
                Arguments = new Struct { Fields = { ["a"] = Value.ForNumber(1) } },
                CallerPlugin = "caller",
                SessionId = "session",
                Provider = "provider",
                TraceParent = "trace",
            });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(arguments!.Fields["a"].NumberValue, Is.EqualTo(1));
            Assert.That(seen!.ToolName, Is.EqualTo("tool"));
            Assert.That(seen.RequestId, Is.EqualTo("id-1"));
            Assert.That(seen.CallerPlugin, Is.EqualTo("caller"));
            Assert.That(seen.SessionId, Is.EqualTo("session"));
            Assert.That(seen.Provider, Is.EqualTo("provider"));
            Assert.That(seen.TraceParent, Is.EqualTo("trace"));
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Answers_an_exception_with_its_message_and_logs_all_of_it(bool thrownAtOnce)
    {
        var cause = new InvalidOperationException("the disk is full");
        (ToolResponse response, CapturingLoggerFactory log) = await CallAsync(
            (_, _, _) => thrownAtOnce ? throw cause : new(Task.FromException<ToolResponse>(cause)));

        Assert.That(response, Is.EqualTo(new ToolResponse { ErrorCode = "handler_error", ErrorMessage = "the disk is full" }));
        Assert.That(log.Entries.Single(), Is.EqualTo(
            (LogLevel.Error, "tool \"tool\" failed (request id-1)", (Exception)cause)));
    }

    [Test]
    public async Task Answers_with_the_innermost_reason()
    {
        var cause = new InvalidOperationException("the disk is full");
        (ToolResponse response, _) = await CallAsync(
            (_, _, _) => throw new TypeInitializationException("Tools", new TargetInvocationException(cause)));

        Assert.That(response, Is.EqualTo(new ToolResponse { ErrorCode = "handler_error", ErrorMessage = "the disk is full" }));
    }

    [Test]
    public async Task Answers_a_tool_exception_with_its_code()
    {
        (ToolResponse response, CapturingLoggerFactory log) = await CallAsync(
            (_, _, _) => throw new ToolException("note_not_found", "there is no note 7"));

        Assert.That(response, Is.EqualTo(
            new ToolResponse { ErrorCode = "note_not_found", ErrorMessage = "there is no note 7" }));
        Assert.That(log.Entries, Is.Empty);
    }

    [Test]
    public async Task Logs_the_cause_of_a_tool_exception_and_does_not_send_it()
    {
        (ToolResponse response, CapturingLoggerFactory log) = await CallAsync(
            (_, _, _) => throw new ToolException("failed", "try later", new IOException("secret path")));

        Assert.That(response.ToString(), Does.Not.Contain("secret path"));
        Assert.That(log.Entries.Single().Exception!.InnerException!.Message, Is.EqualTo("secret path"));
    }

    [Test]
    public async Task Answers_that_a_canceled_call_was_canceled()
    {
        using var cancel = new CancellationTokenSource();
        (ToolResponse response, _) = await CallAsync(
            (_, _, token) =>
            {
                cancel.Cancel();
                token.ThrowIfCancellationRequested();
                throw new InvalidOperationException("not reached");
            },
            cancelCalls: cancel.Token);

        Assert.That(response.ErrorCode, Is.EqualTo("cancelled"));
    }

    [Test]
    public async Task Takes_a_cancellation_of_another_token_for_a_failure()
    {
        (ToolResponse response, _) = await CallAsync((_, _, _) => throw new TaskCanceledException("a timeout of its own"));

        Assert.That(response, Is.EqualTo(
            new ToolResponse { ErrorCode = "handler_error", ErrorMessage = "a timeout of its own" }));
    }

    [Test]
    public async Task Answers_instead_of_a_result_that_is_too_large()
    {
        (ToolResponse response, _) = await CallAsync(
            (_, _, _) => new(ToolResult.Text(new string('x', 17_000_000)).ToResponse()));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(response.Success, Is.False);
            Assert.That(response.ErrorCode, Is.EqualTo("result_too_large"));
            Assert.That(response.ErrorMessage, Does.Match("message size 170000\\d\\d exceeds maximum 16777216"));
        }
    }

    [TestCase("tol", "tool \"tol\" not found, did you mean \"tool\"?")]
    [TestCase("Tools", "tool \"Tools\" not found, did you mean \"tool\"?")]
    [TestCase("other", "tool \"other\" not found")]
    [TestCase("", "tool \"\" not found")]
    public async Task Says_which_tool_was_meant(string name, string expected)
    {
        (ToolResponse response, _) = await CallAsync(null, new ToolRequest { ToolName = name });

        Assert.That(response, Is.EqualTo(new ToolResponse { ErrorCode = "tool_not_found", ErrorMessage = expected }));
    }

    [TestCaseSource(nameof(Names))]
    public async Task Quotes_an_unknown_name_on_one_harmless_line(string name)
    {
        (ToolResponse response, _) = await CallAsync(null, new ToolRequest { ToolName = name });

        Assert.That(response.ErrorMessage, Does.StartWith("tool \"").And.EndsWith("\" not found"));
        Assert.That(response.ErrorMessage, Has.None.Matches<char>(c => c is < ' ' or '\u202e'));
    }

    [Test]
    public async Task Cuts_an_unknown_name_that_is_very_long()
    {
        (ToolResponse response, _) = await CallAsync(null, new ToolRequest { ToolName = new string('n', 1_000_000) });

        Assert.That(response.ErrorMessage, Has.Length.LessThan(300));
    }

    private static async Task<(ToolResponse Response, CapturingLoggerFactory Log)> CallAsync(
        TestToolHandler? tool, ToolRequest? request = null, CancellationToken cancelCalls = default)
    {
        var log = new CapturingLoggerFactory();
        var exchange = new MemoryExchange(new PluginRequest
        {
            RequestId = "id-1",
            ToolCall = request ?? new ToolRequest { ToolName = "tool" },
        });
        PeerHandler handler = Handlers.Of(PluginInstance.Of(new TestPlugin(tool)), log, cancelCalls: cancelCalls);

        await handler.HandleAsync(exchange).Guarded();
        PluginResponse response = (await exchange.ResponsesAsync()).Single();
        Assert.That(response.RequestId, Is.EqualTo("id-1"));
        return (response.ToolCall, log);
    }
}
