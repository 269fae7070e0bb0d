using CsCheck;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Wire;

public class ConnectionIdTests
{
    [Test]
    public void Keeps_its_bytes() => Gen.Byte.Array[0, ConnectionId.MaxLength].Sample(bytes =>
    {
        var id = ConnectionId.Of(bytes);
        byte[] copy = new byte[ConnectionId.MaxLength];
        id.CopyTo(copy);
        return id.Length == bytes.Length
            && copy.AsSpan(0, id.Length).SequenceEqual(bytes)
            && id.ToString() == Convert.ToHexStringLower(bytes);
    });

    [Test]
    public void Equals_the_same_bytes_of_the_same_length_alone()
    {
        var id = ConnectionId.Of([1, 2, 0]);

        Assert.That(ConnectionId.Of([1, 2, 0]), Is.EqualTo(id));
        Assert.That(ConnectionId.Of([1, 2, 0]).GetHashCode(), Is.EqualTo(id.GetHashCode()));
        Assert.That(ConnectionId.Of([1, 2]), Is.Not.EqualTo(id));
        for (int i = 0; i < ConnectionId.MaxLength; i++)
        {
            byte[] bytes = new byte[ConnectionId.MaxLength];
            bytes[i] = 1;
            Assert.That(ConnectionId.Of(bytes) == ConnectionId.Of(new byte[ConnectionId.MaxLength]), Is.False);
        }
    }

    [Test]
    public void Is_random_and_of_the_length_asked_for()
    {
        Assert.That(ConnectionId.Random(8).Length, Is.EqualTo(8));
        ConnectionId[] some = [.. Enumerable.Range(0, 10).Select(_ => ConnectionId.Random(8))];
        Assert.That(some, Is.Unique);
        Assert.That(ConnectionId.Random(0), Is.EqualTo(default(ConnectionId)));
    }

    [Test]
    public void Has_at_most_20_bytes()
    {
        Assert.That(() => ConnectionId.Of(new byte[21]), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => ConnectionId.Random(21), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Does_not_let_peers_choose_ids_that_collide()
    {
        // CVE-2025-23020, CVE-2025-24946: halves that are the same cancel out in a hash without a key.
        var hashes = new HashSet<int>();
        for (int i = 0; i < 10_000; i++)
        {
            byte[] half = BitConverter.GetBytes(i);
            hashes.Add(ConnectionId.Of([.. half, .. half]).GetHashCode());
        }

        Assert.That(hashes, Has.Count.GreaterThan(9_990));
    }
}
