using Orchestra.Quic.Tls;

namespace Orchestra.Sdk.Tests.Quic.Tls;

/// <summary>A handshake that is altered on its way ends in an alert, whatever was altered.</summary>
internal sealed class MutationTests
{
    [Test]
    public void Survives_a_flipped_bit_in_every_byte([Values] bool toServer)
    {
        var total = CountBytes(toServer);
        Assert.That(total, Is.GreaterThan(500));

        for (var at = 0; at < total; at++)
        {
            AssertRefusedOrStuck(Flip(toServer, at, (byte)(1 << (at % 8))), $"bit {at % 8} of byte {at}");
        }
    }

    [Test]
    public void Survives_a_byte_left_out_or_added([Values] bool toServer, [Values] bool isAdded)
    {
        var total = CountBytes(toServer);

        for (var at = 0; at < total; at += 3)
        {
            AssertRefusedOrStuck(
                Alter(toServer, at, (message, i) => isAdded
                    ? [.. message[..i], 0, .. message[i..]]
                    : [.. message[..i], .. message[(i + 1)..]]),
                $"byte {at}");
        }
    }

    private static void AssertRefusedOrStuck(Tamper tamper, string what)
    {
        using var pair = new TlsPair();
        try
        {
            pair.Run(tamper);
        }
        catch (TlsAlertException)
        {
            // As it should be. Any other exception fails the test.
        }

        // The client may be done when the fault is in its own last flight, the server never is.
        Assert.That(pair.Server.Completions, Is.Zero, what);
        if (pair.Client.Secrets.TryGetValue(EncryptionLevel.Application, out var ofClient) &&
            pair.Server.Secrets.TryGetValue(EncryptionLevel.Application, out var ofServer))
        {
            Assert.That(ofClient.Read, Is.EqualTo(ofServer.Write), what);
        }
    }

    private static int CountBytes(bool toServer)
    {
        var total = 0;
        using var pair = new TlsPair();
        pair.Run((isToServer, level, message) =>
        {
            total += isToServer == toServer ? message.Length : 0;
            return [(level, message)];
        });
        return total;
    }

    private static Tamper Flip(bool toServer, int at, byte bit) => Alter(toServer, at, (message, i) =>
    {
        message[i] ^= bit;
        return message;
    });

    /// <summary>Alters the message that holds the byte at a place in all that goes one way.</summary>
    private static Tamper Alter(bool toServer, int at, Func<byte[], int, byte[]> alter)
    {
        var position = 0;
        return (isToServer, level, message) =>
        {
            if (isToServer != toServer)
            {
                return [(level, message)];
            }

            var i = at - position;
            position += message.Length;
            return [(level, i >= 0 && i < message.Length ? alter(message, i) : message)];
        };
    }
}
