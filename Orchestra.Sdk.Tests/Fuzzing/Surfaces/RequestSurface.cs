using System.Buffers.Binary;
using Google.Protobuf;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;
using Orchestra.Sdk.Protocol;
using Orchestra.Sdk.Tests.Protocol;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Fuzzing.Surfaces;

/// <summary>
/// What a peer sends on a stream, down to the answer. The first byte says how: as it is, as one message, or as two messages the first of which
/// has the length in the next two bytes. Each stream ends, with an answer to its request or by a reset; nothing stays of it; a request that is
/// read is the same when it is written and read again.
/// </summary>
internal sealed class RequestSurface : FuzzSurface
{
    private const int Raw = 0;
    private const int One = 1;
    private const int Kinds = 3;
    private const int MaxLogged = 12;
    private const int MaxLoggedLength = 20_000;
    private const int MaxTurns = 200;

    private static readonly TimeSpan HangGuard = TimeSpan.FromSeconds(30);

    private static readonly PluginRequest Health = new() { RequestId = "honest", Health = new HealthRequest() };

    private readonly PluginInstance _plugin = FuzzPlugin.Everything.Instance;

    public override string Name => "requests";

    public override IEnumerable<byte[]> Seeds
    {
        get
        {
            var random = new Random(1);
            for (int i = 0; i < 150; i++)
            {
                yield return [One, .. RandomMessage.Make(PluginRequest.Descriptor, random).ToByteArray()];
            }

            // A long name; a line of the log for each five bytes.
            yield return [One, .. new PluginRequest { ToolCall = new ToolRequest { ToolName = new string('\u202e', 20_000) } }.ToByteArray()];
            byte[] start = Framed(new PluginRequest { StreamStart = new StreamStart { StreamId = "s1", ToolName = "Stream" } }.ToByteArray());
            yield return [Raw, .. start, .. Enumerable.Repeat<byte[]>([0, 0, 0, 1, 0xff], 2000).SelectMany(static part => part)];

            // A message in parts, each of which copies those before it.
            byte[] entries = new PluginRequest { ToolCall = (ToolRequest)RandomMessage.Make(ToolRequest.Descriptor, new Random(5)) }.ToByteArray();
            yield return [One, .. entries, .. Enumerable.Repeat<byte[]>([0xa2, 0x01, 0], 4000).SelectMany(static part => part)];

            // Values in millions of empty ones.
            byte[] values = [0x32, 0xc0, 0x3e, .. Enumerable.Repeat<byte[]>([0x0a, 0], 4000).SelectMany(static part => part)];
            byte[] entry = [0x0a, 1, (byte)'x', 0x12, 0xc3, 0x3e, .. values];
            byte[] members = [0x0a, 0xc9, 0x3e, .. entry];
            yield return [One, 0xa2, 0x01, 0xcf, 0x3e, 0x12, 0xcc, 0x3e, .. members];
        }
    }

    public override byte[] Mutate(byte[] input, Random random)
    {
        if (input.Length == 0 || random.Next(20) == 0)
        {
            return [One, .. RandomMessage.Make(PluginRequest.Descriptor, random).ToByteArray()];
        }

        byte first = random.Next(30) == 0 ? (byte)random.Next(Kinds) : input[0];
        if (ProtoFields.TryRead(input.AsSpan(1)) is { } message)
        {
            message.Mutate(random);
            return [first, .. message.Encode()];
        }

        return [first, .. ByteMutations.Mutate(input[1..], random)];
    }

    public override long MaxAllocated(byte[] input)
    {
        long objects = input.Length == 0 ? 0 : MessageScan.Of(input.AsSpan(1), MessageShape.Request).ObjectBytes;
        return 3_000_000 + (100L * input.Length) + (12 * Math.Min(objects, MessageDecoder.MaxObjects));
    }

    public override string Run(byte[] input)
    {
        byte[] body = input.Length == 0 ? [] : input[1..];
        byte[] stream = (input.Length == 0 ? 0 : input[0] % Kinds) switch
        {
            Raw => body,
            One => Framed(body),
            _ => [.. Framed(First(body)), .. Framed(Second(body))],
        };
        PluginRequest? request = CheckParsing(stream);
        var log = new CapturingLoggerFactory();
        var time = new ManualTimeProvider();
        var options = new PluginServerOptions { TimeProvider = time, LoggerFactory = log };
        var environment = new PluginEnvironment(options, log);
        using var canceled = new CancellationTokenSource();
        var dispatcher = new RequestDispatcher(_plugin, environment, new CallGate(options.MaxConcurrentCalls, canceled, time));
        var handler = new ExchangeHandler(dispatcher, environment, default, canceled.Token);
        PeerShare share = environment.Shares.Enter(id: null);
        var peer = new Peer("orchestrator", true, share, new LimitedLogger(log, new LogRate(LogRate.PerPeer, time)));

        var exchange = new MemoryExchange(new MemoryStream(stream));
        Finish(handler.HandleAsync(exchange, peer), time);
        string outcome = stream.Length == 0 ? "nothing" : Check(exchange, request);
        Require(log.Entries.Count <= MaxLogged, $"{log.Entries.Count} lines were logged for one stream");
        Require(log.Entries.All(static entry => entry.Message.Length <= MaxLoggedLength), "a line of the log is endless");

        // What an event holds comes back when its handlers have run, on the pool.
        Require(SpinWait.SpinUntil(() => environment.Bytes.TryTake(options.MaxMessageBytesInFlight), HangGuard), "bytes were not given back");
        environment.Bytes.Release(options.MaxMessageBytesInFlight);

        var honest = new MemoryExchange(Health);
        Finish(handler.HandleAsync(honest, peer), time);
        Require(honest.ResponsesAsync().Result is [{ Health: not null }], "a health check is not answered any more");
        return outcome;
    }

    private static byte[] Framed(byte[] body)
    {
        byte[] header = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(header, body.Length);
        return [.. header, .. body];
    }

    private static byte[] First(byte[] body) => body.Length < 2 ? [] : body[2..(2 + Length(body))];

    private static byte[] Second(byte[] body) => body.Length < 2 ? [] : body[(2 + Length(body))..];

    private static int Length(byte[] body) => Math.Min(BinaryPrimitives.ReadUInt16BigEndian(body), body.Length - 2);

    /// <summary>What the bytes are as a request; null when they are none.</summary>
    private static PluginRequest? CheckParsing(byte[] stream)
    {
        if (stream.Length < 4 || BinaryPrimitives.ReadUInt32BigEndian(stream) is var length && length > stream.Length - 4)
        {
            return null;
        }

        byte[] payload = stream[4..(4 + (int)length)];
        MessageScan scan = MessageScan.Of(payload, MessageShape.Request);
        if (!RequestParser.TryParse(payload, scan, MessageDecoder.MaxObjects, out PluginRequest request, out string error))
        {
            Require(error.Length is > 0 and < 1000, "a request was refused without a reason");
            Require(!scan.IsMalformed || MessageScanTests.IsRefused(payload), "the parser reads what the scan takes for no message");
            return null;
        }

        byte[] written = request.ToByteArray();
        Require(RequestParser.TryParse(written, out PluginRequest again, out error), "a request that was read is refused when it was written: " + error);
        Require(again.Equals(request) && again.ToByteArray().AsSpan().SequenceEqual(written), "a request is another one when it was written");
        return request;
    }

    /// <summary>Waits for it in virtual time.</summary>
    private static void Finish(Task<bool> handling, ManualTimeProvider time)
    {
        for (int turns = 0; !handling.IsCompleted; turns++)
        {
            Require(turns < MaxTurns, "a stream never ends");
            time.Advance(TimeSpan.FromSeconds(1));
            handling.Wait(turns);
        }

        handling.GetAwaiter().GetResult();
    }

    private static string Check(MemoryExchange exchange, PluginRequest? request)
    {
        Require(exchange.Completed || exchange.Aborted, "a stream was neither answered nor reset");
        List<PluginResponse> responses = exchange.ResponsesAsync().Result;
        Require(request is null || exchange.Aborted || responses.All(response => response.RequestId == request.RequestId), "an answer has another request's id");
        return $"{exchange.Aborted} {request?.RequestCase} {string.Join(' ', responses.Take(3).Select(Words))}";
    }

    private static string Words(PluginResponse response)
    {
        string text = response.ToolCall?.ErrorMessage ?? response.StreamEnd?.ErrorMessage ?? response.StorageWrite?.Error ?? "";
        return response.ResponseCase + " " + string.Concat(text.Take(60).Where(static c => char.IsAsciiLetterLower(c) || c == ' '));
    }
}
