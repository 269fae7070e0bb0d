using System.Net;
using Orchestra.Quic.Endpoint;
using Orchestra.Quic.Wire;
using Orchestra.Sdk.Tests.Support;

namespace Orchestra.Sdk.Tests.Quic.Endpoint;

/// <summary>A token is for one address, one attempt and ten seconds: RFC 9000 §8.1.4.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RetryTokensTests
{
    private static readonly SocketAddress Address = new IPEndPoint(IPAddress.Loopback, 1234).Serialize();
    private static readonly ConnectionId Original = ConnectionId.Of([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    private static readonly ConnectionId Source = ConnectionId.Of([9, 8, 7, 6, 5, 4, 3, 2]);

    private readonly ManualTimeProvider _time = new();

    [Test]
    public void Gives_back_the_id_that_the_client_chose_first()
    {
        var tokens = new RetryTokens(new QuicClock(_time));
        byte[] token = Write(tokens);
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.That(tokens.Read(token, Address, Source, out ConnectionId original), Is.EqualTo(RetryTokenStatus.Good));
        Assert.That(original, Is.EqualTo(Original));
    }

    [Test]
    public void Refuses_one_that_is_replayed()
    {
        var tokens = new RetryTokens(new QuicClock(_time));
        byte[] token = Write(tokens);

        Assert.That(Read(tokens, token, port: 1235), Is.EqualTo(RetryTokenStatus.Bad), "from another address");
        Assert.That(tokens.Read(token, Address, Original, out _), Is.EqualTo(RetryTokenStatus.Bad), "for another attempt");
        _time.Advance(TimeSpan.FromSeconds(10.1));
        Assert.That(Read(tokens, token), Is.EqualTo(RetryTokenStatus.Bad), "later");
    }

    [Test]
    public void Refuses_one_that_was_changed_and_knows_which_is_not_its_own()
    {
        var tokens = new RetryTokens(new QuicClock(_time));
        byte[] token = Write(tokens);
        for (int i = 0; i < token.Length; i++)
        {
            byte[] changed = [.. token];
            changed[i] ^= 1;
            Assert.That(Read(tokens, changed), Is.EqualTo(i < 4 ? RetryTokenStatus.None : RetryTokenStatus.Bad), $"byte {i}");
        }

        Assert.That(Read(tokens, []), Is.EqualTo(RetryTokenStatus.None));
        Assert.That(Read(tokens, [.. token, 0]), Is.EqualTo(RetryTokenStatus.Bad));
        Assert.That(Read(tokens, new byte[1000]), Is.EqualTo(RetryTokenStatus.None));
    }

    private static byte[] Write(RetryTokens tokens)
    {
        byte[] token = new byte[RetryTokens.MaxLength];
        return token[..tokens.Write(token, Address, Original, Source)];
    }

    private static RetryTokenStatus Read(RetryTokens tokens, byte[] token, int port = 1234) =>
        tokens.Read(token, new IPEndPoint(IPAddress.Loopback, port).Serialize(), Source, out _);
}
