using System.Buffers;

namespace Orchestra.Sdk.Certificates;

/// <summary>Whom a leaf names, which is also what its files are called.</summary>
internal static class CertificateName
{
    public const string Authority = "ca";

    /// <summary>A plugin's id has 64 at most; the rest is for what stands before or after it.</summary>
    private const int MaxLength = 128;

    private static readonly SearchValues<char> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <exception cref="ArgumentException"><paramref name="name"/> is no such name.</exception>
    public static void Validate(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        string? fault = null;
        if (name.Length > MaxLength)
        {
            fault = $"it has {name.Length} characters, {MaxLength} are allowed";
        }
        else if (name.AsSpan().ContainsAnyExcept(Characters))
        {
            fault = "only the letters A to Z and a to z, digits, '.', '_' and '-' are allowed";
        }
        else if (name[0] == '.')
        {
            fault = "it must not begin with a '.'";
        }
        else if (name.Equals(Authority, StringComparison.OrdinalIgnoreCase))
        {
            fault = "its files would be those of the certificate authority";
        }

        if (fault is not null)
        {
            throw new ArgumentException($"A certificate cannot be named \"{name}\": {fault}.", nameof(name));
        }
    }
}
