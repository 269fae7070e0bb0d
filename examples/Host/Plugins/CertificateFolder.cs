using System.Text.RegularExpressions;
using Orchestra.Sdk.Certificates;

namespace Orchestra.Examples.Host.Plugins;

/// <summary>The certificates that this host and its plugins know each other by.</summary>
internal sealed partial class CertificateFolder : IDisposable
{
    private readonly CertificateStore _store;
    private readonly string? _temporary;

    /// <param name="path">The directory; null for a temporary one, which goes with this object.</param>
    public CertificateFolder(string? path)
    {
        _temporary = path is null ? Directory.CreateTempSubdirectory("orchestra-host-").FullName : null;
        _store = new CertificateStore(path ?? _temporary!);
    }

    public string FullPath => _store.DirectoryPath;

    /// <summary>Whether it is for this run only, so that no plugin that runs already can know it.</summary>
    public bool IsTemporary => _temporary is not null;

    /// <summary>The host's own certificate for a plugin.</summary>
    public Task<PluginCertificate> EnsureCertificateAsync(string plugin, CancellationToken cancellationToken) =>
        _store.EnsureCertificateAsync($"orchestrator-to-{Unusable().Replace(plugin, "_")}", cancellationToken);

    /// <summary>The host's own certificate for those that dial it.</summary>
    public Task<PluginCertificate> EnsureOwnCertificateAsync(string name, CancellationToken cancellationToken) =>
        _store.EnsureCertificateAsync(name, cancellationToken);

    public void Dispose()
    {
        if (_temporary is not null)
        {
            Directory.Delete(_temporary, recursive: true);
        }
    }

    [GeneratedRegex("[^A-Za-z0-9._-]")]
    private static partial Regex Unusable();
}
