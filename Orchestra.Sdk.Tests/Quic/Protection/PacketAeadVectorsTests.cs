using Orchestra.Quic.Protection;

namespace Orchestra.Sdk.Tests.Quic.Protection;

/// <summary>What the standards give as examples, of every implementation. <c>ArmVectorTests</c> does the same on another processor.</summary>
[TestFixture(true)]
[TestFixture(false)]
internal sealed class PacketAeadVectorsTests(bool hasAesInstructions)
{
    private static IEnumerable<TestCaseData> All => AeadVector.All.Select(static vector => new TestCaseData(vector).SetName(vector.Name));

    [OneTimeSetUp]
    public void Assume_that_it_can_be_tried() =>
        Assume.That(!hasAesInstructions || AesInstructions.IsSupported, "this processor has no instructions for AES");

    [TestCaseSource(nameof(All))]
    public void Encrypts_and_decrypts(AeadVector vector) => Assert.That(vector.Fault(hasAesInstructions), Is.Null);
}
