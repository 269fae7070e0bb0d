using System.Buffers.Binary;
using System.Runtime.ExceptionServices;
using Org.BouncyCastle.Tls;

namespace Orchestra.Quic.Tls;

/// <summary>The handshake by BouncyCastle, fed with one whole message at a time, each at the level it must come at.</summary>
internal sealed class BouncyHandshake : TlsHandshake
{
    /// <summary>Reserved, RFC 8446 §4.</summary>
    private const byte HelloRequest = 0;

    private const int RecordHeaderLength = 5;
    private const int MaxRecordLength = 1 << 14;

    private readonly bool _isServer;
    private readonly HandshakeContext _context;
    private readonly ITlsOutput _output;
    private readonly HandshakeMessages _messages = new();

    // Let go once the handshake is complete: nothing of it is needed afterwards, and an idle connection should be small.
    private TlsProtocol? _protocol;
    private Exception? _failure;

    public BouncyHandshake(bool isServer, TlsOptions options, byte[] transportParameters, ITlsOutput output)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(output);
        TlsOptionsChecker.Check(options, isServer);

        _isServer = isServer;
        _output = output;
        _context = new HandshakeContext(isServer, options, transportParameters, output);
    }

    /// <inheritdoc/>
    public override bool IsComplete => _context.IsComplete;

    /// <inheritdoc/>
    public override byte[]? PeerCertificate => _context.PeerCertificate;

    /// <inheritdoc/>
    public override int SignaturesChecked => _context.SignaturesChecked;

    private EncryptionLevel ReadLevel =>
        IsComplete ? EncryptionLevel.Application
        : _context.WriteLevel == EncryptionLevel.Initial ? EncryptionLevel.Initial
        : EncryptionLevel.Handshake;

    /// <inheritdoc/>
    public override void Start() => Run(() =>
    {
        var crypto = new QuicTlsCrypto(_context);
        if (_isServer)
        {
            var protocol = new ServerProtocol(_context);
            _protocol = protocol;
            protocol.Accept(new ServerPeer(crypto, _context, protocol));
        }
        else
        {
            var protocol = new ClientProtocol(_context);
            _protocol = protocol;
            protocol.Connect(new ClientPeer(crypto, _context));
        }
    });

    /// <inheritdoc/>
    public override void Receive(EncryptionLevel level, ReadOnlySpan<byte> data)
    {
        if (_failure is not null)
        {
            ExceptionDispatchInfo.Throw(_failure);
        }

        try
        {
            ReceiveMessages(level, data);
        }
        catch (Exception exception)
        {
            _failure = exception;
            Release();
            throw;
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _failure ??= new ObjectDisposedException(nameof(TlsHandshake));
        Release();
    }

    // Clears the secrets of a handshake under way.
    private void Release()
    {
        _messages.Clear();
        _protocol?.Close();
        _protocol = null;
    }

    private void ReceiveMessages(EncryptionLevel level, ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            // RFC 9001 §4.1.3: no data of an earlier level once TLS has moved on, nor any before TLS has.
            if (level != ReadLevel)
            {
                throw TlsAlertException.ProtocolViolation(
                    $"The peer sent handshake data at level {level} while {ReadLevel} is due.");
            }

            if (!_messages.TryRead(ref data, out var message))
            {
                return;
            }

            if (IsComplete)
            {
                PostHandshake.Check(message, _isServer);
            }
            else
            {
                if (message[0] == HelloRequest)
                {
                    // BouncyCastle passes over it, and the transcript has nothing of it: anybody on the path could put one in.
                    throw new TlsAlertException(TlsAlerts.UnexpectedMessage, "The peer sent a HelloRequest, which TLS 1.3 has no more.");
                }

                if (message[0] == CertificateMessage.Type)
                {
                    CertificateMessage.Check(message);
                }

                Feed(message);
            }
        }
    }

    private void Feed(ReadOnlySpan<byte> message)
    {
        if (_protocol is not { } protocol)
        {
            throw new InvalidOperationException("Start was not called.");
        }

        var recordType = ReadLevel == EncryptionLevel.Initial ? ContentType.handshake : ContentType.application_data;
        while (!message.IsEmpty)
        {
            var length = Math.Min(message.Length, MaxRecordLength);
            var record = new byte[RecordHeaderLength + length];
            record[0] = (byte)recordType;
            BinaryPrimitives.WriteUInt16BigEndian(record.AsSpan(1), 0x0303);
            BinaryPrimitives.WriteUInt16BigEndian(record.AsSpan(3), (ushort)length);
            message[..length].CopyTo(record.AsSpan(RecordHeaderLength));
            message = message[length..];
            Run(() => protocol.OfferInput(record, 0, record.Length));
        }

        if (IsComplete)
        {
            _protocol = null;
            _messages.Clear();
            _output.HandshakeComplete();
        }
    }

    private void Run(Action step)
    {
        try
        {
            step();
        }
        catch (IOException exception)
        {
            if ((_context.Fault ?? exception.InnerException as TlsAlertException) is { } cause)
            {
                ExceptionDispatchInfo.Throw(cause);
            }

            throw Translate(exception);
        }
    }

    private static TlsAlertException Translate(IOException exception)
    {
        if (exception is not TlsFatalAlert alert)
        {
            return new TlsAlertException(
                TlsAlerts.DecodeError, $"The peer sent a malformed handshake message: {exception.Message}", exception);
        }

        // A value that BouncyCastle chokes on is the peer's doing.
        var code = alert is { AlertDescription: AlertDescription.internal_error, InnerException: not null }
            ? TlsAlerts.IllegalParameter
            : (byte)alert.AlertDescription;
        return new TlsAlertException(code, $"The TLS handshake failed: {alert.Message}.", alert);
    }
}
