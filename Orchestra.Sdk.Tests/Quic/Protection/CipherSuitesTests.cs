using Orchestra.Quic.Protection;
using Orchestra.Sdk.Tests.Quic.Tls;

namespace Orchestra.Sdk.Tests.Quic.Protection;

public class CipherSuitesTests
{
    [Test]
    public void AES_128_is_preferred_where_the_processor_has_instructions_for_it() =>
        Assert.That(CipherSuites.UsableWith(hasAesInstructions: true)[0], Is.EqualTo(CipherSuite.Aes128GcmSha256));

    [Test]
    public void ChaCha20_is_all_that_is_offered_without_them() =>
        Assert.That(CipherSuites.UsableWith(hasAesInstructions: false), Is.EqualTo(new[] { CipherSuite.ChaCha20Poly1305Sha256 }));

    [Test]
    public void Handshakes_offer_what_this_processor_can() =>
        Assert.That(TlsPair.ClientOptions().CipherSuites, Is.EqualTo(CipherSuites.UsableWith(AesInstructions.IsSupported)));
}
