namespace Orchestra.Sdk.Tests.Quic;

/// <summary>Bytes as specifications print them, in lines and groups.</summary>
internal static class Hex
{
    public static byte[] Parse(string text) => Convert.FromHexString(string.Concat(text.Where(c => !char.IsWhiteSpace(c))));
}
