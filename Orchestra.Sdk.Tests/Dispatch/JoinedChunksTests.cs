using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Tests.Dispatch;

/// <summary>A streaming tool that is called as a plain one.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class JoinedChunksTests : IDisposable
{
    private const int MostBytes = 16_777_216;

    private readonly CancellationTokenSource _cancellation = new();
    private readonly JoinedChunks _chunks;

    public JoinedChunksTests() => _chunks = new JoinedChunks(_cancellation.Token);

    public void Dispose() => _cancellation.Dispose();

    [Test]
    public async Task Texts_become_one_text()
    {
        await _chunks.WriteTextAsync("Hello, ");
        await _chunks.WriteTextAsync("Ada!");
        Assert.That(_chunks.End().Result.Fields["text"].StringValue, Is.EqualTo("Hello, Ada!"));
    }

    [Test]
    public async Task Bytes_become_base64_as_if_they_were_one_piece()
    {
        await _chunks.WriteBytesAsync(new byte[] { 1 });
        await _chunks.WriteBytesAsync(new byte[] { 2, 3, 4 });
        Assert.That(_chunks.End().Result.ToString(), Does.Contain(Convert.ToBase64String([1, 2, 3, 4])));
    }

    [Test]
    public async Task Values_become_a_list()
    {
        await _chunks.WriteValueAsync(Value.ForNumber(1));
        await _chunks.WriteValueAsync(Value.ForString("two"));
        Assert.That(_chunks.End().Result.ToString(), Does.Contain("""[ 1, "two" ]"""));
    }

    [Test]
    public void None_is_an_empty_text() => Assert.That(_chunks.End().Result.Fields["text"].StringValue, Is.Empty);

    [Test]
    public void None_of_what_would_be_values_is_an_empty_list()
    {
        _chunks.BeginValues();
        Assert.That(_chunks.End().Result.ToString(), Does.Contain("[ ]"));
    }

    [Test]
    public async Task Kinds_are_not_mixed()
    {
        await _chunks.WriteTextAsync("a");
        ToolException exception = (await Assert.ThrowsAsync<ToolException>(async () => await _chunks.WriteBytesAsync(new byte[1])))!;
        Assert.That(exception.Code, Is.EqualTo("handler_error"));
        Assert.That(exception.Message, Does.Contain("start it as a stream"));
        Assert.That(async () => await _chunks.WriteValueAsync(Value.ForNull()), Throws.TypeOf<ToolException>());
    }

    // In UTF-8 and base64, as they travel.
    [TestCase("text")]
    [TestCase("bytes")]
    public async Task Are_no_more_than_a_message_may_be(string kind)
    {
        const int Piece = 3 << 20;
        await WriteAsync(kind == "text" ? 5 : 4);
        ToolException exception = (await Assert.ThrowsAsync<ToolException>(() => WriteAsync(1)))!;
        Assert.That((exception.Code, exception.Message.Contains($"{MostBytes}", StringComparison.Ordinal)), Is.EqualTo(("result_too_large", true)));

        async Task WriteAsync(int times)
        {
            for (int i = 0; i < times; i++)
            {
                if (kind == "text")
                {
                    await _chunks.WriteTextAsync(new string('é', Piece / 2));
                }
                else
                {
                    await _chunks.WriteBytesAsync(new byte[Piece]);
                }
            }
        }
    }

    [Test]
    public async Task Are_taken_no_more_once_it_is_canceled()
    {
        await _cancellation.CancelAsync();
        Assert.That(async () => await _chunks.WriteTextAsync("a"), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task A_result_is_the_answer_itself()
    {
        var response = new ToolResponse { Success = true };
        Assert.That(await _chunks.TakeAsync(response), Is.SameAs(response));
    }
}
