using System.Threading.Channels;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Tests.Interop.EveryType;

/// <summary>What is injected, what says its answer itself, streams, prompts and events.</summary>
public sealed partial class EveryTypePlugin : EveryBase<Point>, IEveryInterface
{
    private readonly Channel<Note> _events = Channel.CreateUnbounded<Note>();

    [Tool(Description = "CancellationToken")] public bool Token(CancellationToken cancellationToken) => cancellationToken.CanBeCanceled;
    [Tool(Description = "ToolContext")] public string Context(ToolContext context) => context.ToolName;
    [Tool(Description = "IProgress")] public void Progress(IProgress<Point> progress) => progress.Report(new Point(1, 2));

    [Tool(Description = "FromServices")] public string Service([FromServices] Service service) => service.Name;

    [Tool(Description = "void")] public void Void() { }
    [Tool(Description = "Task")] public Task Task() => System.Threading.Tasks.Task.CompletedTask;
    [Tool(Description = "ValueTask")] public ValueTask ValueTask() => System.Threading.Tasks.ValueTask.CompletedTask;
    [Tool(Description = "Task<T>")] public Task<Point> TaskOf(Point x) => LaterAsync(x);
    [Tool(Description = "ValueTask<T>")] public async ValueTask<Point> ValueTaskOf(Point x) => await LaterAsync(x);
    [Tool(Description = "ToolResult")] public ToolResult ToolResult(string x) => Sdk.ToolResult.Text(x);
    [Tool(Description = "ToolResponse")] public ToolResponse ToolResponse() => new() { ErrorCode = "code", ErrorMessage = "message" };

    [Tool(Description = "static")] public static int Static(int x) => x;
    public override Point Overridden(Point x) => new(x.Y, x.X);

    [StreamingTool(Description = "texts")] public IAsyncEnumerable<string> StreamTexts(int x) => OneAsync($"{x}");
    [StreamingTool(Description = "bytes")] public IAsyncEnumerable<byte[]> StreamBytes(byte x) => OneAsync<byte[]>([x]);
    [StreamingTool(Description = "memory")] public IAsyncEnumerable<ReadOnlyMemory<byte>> StreamMemory(byte x) => OneAsync(new ReadOnlyMemory<byte>([x]));
    [StreamingTool(Description = "records")] public IAsyncEnumerable<Note> StreamRecords(Note x) => OneAsync(x);

    /// <summary>Scalars of all kinds.</summary>
    [Prompt]
    public string Ask(string text, int number, Color color, DateOnly date, Guid? id, CustomerId? customer = null) =>
        FormattableString.Invariant($"{text} {number} {color} {date:O} {id} {customer}");

    /// <summary>A message of its own role.</summary>
    [Prompt]
    public PromptMessage Answer(string text) => new() { Role = "assistant", Content = new ContentBlock { Type = "text", Text = text } };

    [OnEvent("every.note", "kind=note")]
    public void OnNote(Note note) => _events.Writer.TryWrite(note);

    [Tool(Description = "the next event")]
    public async Task<Note> NextEvent(CancellationToken cancellationToken) => await _events.Reader.ReadAsync(cancellationToken);

    private static async IAsyncEnumerable<T> OneAsync<T>(T item)
    {
        yield return await LaterAsync(item);
    }

    private static async Task<T> LaterAsync<T>(T value)
    {
        await System.Threading.Tasks.Task.Yield();
        return value;
    }
}

/// <summary>A library of tools.</summary>
public abstract class EveryBase<T>
{
    [Tool(Description = "inherited")] public T Inherit(T x) => x;
    [Tool(Description = "overridden")] public virtual T Overridden(T x) => x;
    [Tool(Description = "static, inherited")] public static T StaticInherited(T x) => x;
}

/// <summary>The same as an interface.</summary>
public interface IEveryInterface
{
    [Tool(Description = "default member")] int DefaultMember(int x) => x;
}
