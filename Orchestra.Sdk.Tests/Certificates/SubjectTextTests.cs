using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using CsCheck;
using Orchestra.Sdk.Certificates;

namespace Orchestra.Sdk.Tests.Certificates;

internal sealed class SubjectTextTests
{
    private static readonly Gen<string> Oid = Gen.OneOf(
        "2.5.4.3", "2.5.4.5", "2.5.4.6", "2.5.4.7", "2.5.4.8", "2.5.4.10", "2.5.4.11", "1.2.840.113549.1.9.1", "0.9.2342.19200300.100.1.25", "1.2.3.4");

    private static readonly Gen<string> Value = Gen.Char["aZ0 ,+=\"\n\r\t<>#;\\/_é"].Array[0, 8].Select(characters => new string(characters));

    private static readonly Gen<(string Oid, string Value)[]> Attributes = Gen.Select(Oid, Value).Array[1, 2];

    [Test]
    public void Is_as_the_platform_writes_it() => Attributes.Array[0, 4].Sample(name =>
    {
        byte[] encoded = Encode(name);
        return SubjectText.Of(encoded) == new X500DistinguishedName(encoded).Name;
    });

    private static byte[] Encode((string Oid, string Value)[][] name)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach ((string Oid, string Value)[] attributes in name)
            {
                using (writer.PushSetOf())
                {
                    foreach ((string oid, string value) in attributes)
                    {
                        using (writer.PushSequence())
                        {
                            writer.WriteObjectIdentifier(oid);
                            writer.WriteCharacterString(UniversalTagNumber.UTF8String, value);
                        }
                    }
                }
            }
        }

        return writer.Encode();
    }
}
