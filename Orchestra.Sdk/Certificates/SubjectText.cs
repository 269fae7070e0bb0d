using System.Buffers;
using System.Formats.Asn1;
using System.Text;

namespace Orchestra.Sdk.Certificates;

/// <summary>
/// A certificate's name as .NET writes it, such as <c>CN=tools.greet, O=Orchestra</c>: last part first, values with a meaning of their own in
/// quotes. .NET's own class asks OpenSSL for the types' names on Linux.
/// </summary>
internal static class SubjectText
{
    private static readonly SearchValues<char> QuotedCharacters = SearchValues.Create(",+=\"\n<>#;");

    /// <param name="name">The name in DER, read once by <see cref="CertificateContent.Parse"/>.</param>
    public static string Of(ReadOnlyMemory<byte> name)
    {
        var parts = new List<string>();
        AsnReader sequence = new AsnReader(name, AsnEncodingRules.DER).ReadSequence();
        while (sequence.HasData)
        {
            var text = new StringBuilder();
            AsnReader attributes = sequence.ReadSetOf();
            while (attributes.HasData)
            {
                text.Append(text.Length == 0 ? "" : " + ");
                AppendAttribute(text, attributes.ReadSequence());
            }

            parts.Add(text.ToString());
        }

        parts.Reverse();
        return string.Join(", ", parts);
    }

    private static void AppendAttribute(StringBuilder text, AsnReader attribute)
    {
        string oid = attribute.ReadObjectIdentifier();
        text.Append(NameOf(oid) ?? $"OID.{oid}").Append('=');
        Asn1Tag tag = attribute.PeekTag();
        if (tag.TagClass == TagClass.Universal && IsText((UniversalTagNumber)tag.TagValue))
        {
            AppendQuoted(text, attribute.ReadCharacterString((UniversalTagNumber)tag.TagValue));
        }
        else
        {
            text.Append('#').Append(Convert.ToHexString(attribute.ReadEncodedValue().Span));
        }
    }

    private static void AppendQuoted(StringBuilder text, string value)
    {
        bool needsQuotes = value.Length == 0 || IsSpace(value[0]) || IsSpace(value[^1]) || value.AsSpan().ContainsAny(QuotedCharacters);
        if (needsQuotes)
        {
            text.Append('"').Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }
        else
        {
            text.Append(value);
        }
    }

    private static bool IsSpace(char character) => character is ' ' or (>= '\t' and <= '\r');

    private static bool IsText(UniversalTagNumber type) =>
        type is UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString or UniversalTagNumber.IA5String
            or UniversalTagNumber.BMPString or UniversalTagNumber.T61String or UniversalTagNumber.NumericString;

    private static string? NameOf(string oid) => oid switch
    {
        Oids.CommonName => "CN",
        "2.5.4.5" => "SERIALNUMBER",
        "2.5.4.6" => "C",
        "2.5.4.7" => "L",
        "2.5.4.8" => "S",
        Oids.Organization => "O",
        "2.5.4.11" => "OU",
        "2.5.4.12" => "T",
        "2.5.4.4" => "SN",
        "2.5.4.42" => "G",
        "2.5.4.43" => "I",
        "1.2.840.113549.1.9.1" => "E",
        "0.9.2342.19200300.100.1.25" => "DC",
        _ => null,
    };
}
