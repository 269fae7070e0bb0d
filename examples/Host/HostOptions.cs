namespace Orchestra.Examples.Host;

/// <summary>How this host and its plugins reach each other.</summary>
/// <param name="CertsDirectory">Where the certificates are; null for ones that are made for this run only.</param>
/// <param name="UsesTcp">Plain TCP instead of QUIC.</param>
internal sealed record HostOptions(string? CertsDirectory = null, bool UsesTcp = false)
{
    /// <summary>Takes the options at the beginning of a command line.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="rest">What follows the options.</param>
    /// <exception cref="UsageException">An option lacks its value, or has one that there is not.</exception>
    public static HostOptions Parse(string[] args, out string[] rest)
    {
        var options = new HostOptions();
        rest = args;
        while (rest is ["--certs-dir" or "--transport", ..])
        {
            options = rest switch
            {
                ["--certs-dir", { Length: > 0 } directory, ..] => options with { CertsDirectory = directory },
                ["--transport", "quic" or "tcp", ..] => options with { UsesTcp = rest[1] == "tcp" },
                ["--transport", ..] => throw new UsageException("--transport takes quic or tcp."),
                _ => throw new UsageException("--certs-dir takes a directory."),
            };
            rest = rest[2..];
        }

        return options;
    }
}
