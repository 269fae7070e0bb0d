namespace Orchestra.Sdk;

/// <summary>How a plugin and its peers reach each other.</summary>
public enum PluginTransport
{
    /// <summary>QUIC with a certificate on both sides.</summary>
    Quic,

    /// <summary>Plain TCP on loopback, without encryption and without authentication.</summary>
    Tcp,
}
