namespace Orchestra.Sdk.Logging;

/// <summary>What standard error is, which tells who started the process.</summary>
internal enum ErrorTarget
{
    /// <summary>A file, or nothing.</summary>
    Other,

    /// <summary>A terminal: somebody is looking.</summary>
    Terminal,

    /// <summary>A pipe or a socket: a program that reads it, as an orchestrator does.</summary>
    Pipe,
}
