using Orchestra.Quic.Protection;
using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Quic.Protection;

public class RetryIntegrityTests
{
    private static readonly byte[] Retry = Hex.Parse("ff000000010008f067a5502a4262b5746f6b656e04a265ba2eff4d829058fb3f0f2496ba");
    private static readonly ConnectionId Original = ConnectionId.Of(Hex.Parse("8394c8f03e515708"));

    [Test]
    public void Refuses_any_change()
    {
        Assert.That(RetryIntegrity.IsValid(Original, Retry), Is.True);
        for (int i = 0; i < Retry.Length; i++)
        {
            byte[] changed = Retry.ToArray();
            changed[i] ^= 1;
            Assert.That(RetryIntegrity.IsValid(Original, changed), Is.False, $"byte {i}");
        }
    }

    [Test]
    public void Refuses_the_answer_to_another_Initial()
    {
        Assert.That(RetryIntegrity.IsValid(ConnectionId.Of(Hex.Parse("8394c8f03e515709")), Retry), Is.False);
        Assert.That(RetryIntegrity.IsValid(default, Retry), Is.False);
    }

    [Test]
    public void Refuses_what_has_no_room_for_a_tag() => Assert.That(RetryIntegrity.IsValid(Original, Retry.AsSpan(0, 15)), Is.False);
}
