using Orchestra.Quic.Streams;

namespace Orchestra.Quic.Endpoint;

/// <summary>
/// Datagrams of a handshake that wait for their turn, from the thread that receives to the one that has the turn. What is too much is
/// dropped, as it may be anywhere on its way.
/// </summary>
internal sealed class WaitingDatagrams
{
    // A client's first window, as it comes when its calls follow the handshake at once.
    private const int MaxBytes = 48 * 1024;

    // What each costs beside its bytes: many small ones are not to become more than a few large ones.
    private const int Overhead = 64;

    private readonly Lock _gate = new();
    private readonly Queue<(byte[] Buffer, int Length, int Ecn)> _datagrams = new();
    private int _bytes;
    private bool _hasTurn;
    private bool _isClosed;

    /// <summary>Keeps a datagram.</summary>
    /// <param name="datagram">The datagram.</param>
    /// <param name="ecn">Its ECN bits.</param>
    /// <param name="needsTurn">Whether a turn has to be asked for.</param>
    /// <returns>False where the handshake is over and the datagram can be received at once.</returns>
    public bool TryAdd(ReadOnlySpan<byte> datagram, int ecn, out bool needsTurn)
    {
        lock (_gate)
        {
            needsTurn = !_isClosed && !_hasTurn;
            if (_isClosed)
            {
                return false;
            }

            if (_bytes + datagram.Length + Overhead <= MaxBytes)
            {
                byte[] buffer = HeldBuffers.Rent(datagram.Length);
                datagram.CopyTo(buffer);
                _datagrams.Enqueue((buffer, datagram.Length, ecn));
                _bytes += datagram.Length + Overhead;
            }

            _hasTurn = true;
            return true;
        }
    }

    /// <summary>Takes the next one; its buffer is to be given back.</summary>
    public bool TryTake(out (byte[] Buffer, int Length, int Ecn) datagram)
    {
        lock (_gate)
        {
            if (!_datagrams.TryDequeue(out datagram))
            {
                return false;
            }

            _bytes -= datagram.Length + Overhead;
            return true;
        }
    }

    /// <summary>Ends a turn.</summary>
    /// <param name="isOver">Whether there is no need for turns any more.</param>
    /// <returns>Whether another turn is needed.</returns>
    public bool EndTurn(bool isOver)
    {
        lock (_gate)
        {
            _hasTurn = _datagrams.Count > 0;
            _isClosed = isOver && !_hasTurn;
            return _hasTurn;
        }
    }
}
