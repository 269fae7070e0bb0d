namespace Orchestra.Quic.Recovery;

/// <summary>Round-trip times, RFC 9002 §5. All times are microseconds.</summary>
internal sealed class RttEstimator
{
    /// <summary>Assumed before the first sample, RFC 9002 §6.2.2.</summary>
    public const long Initial = 333_000;

    /// <summary>The finest a timer is assumed to be, RFC 9002 §6.1.2.</summary>
    public const long Granularity = 1_000;

    public bool HasSample { get; private set; }

    public long Latest { get; private set; }

    public long Minimum { get; private set; }

    public long Smoothed { get; private set; } = Initial;

    public long Variation { get; private set; } = Initial / 2;

    /// <summary>Takes a sample.</summary>
    /// <param name="sample">From the sending of the largest packet acknowledged to the arrival of its acknowledgment.</param>
    /// <param name="ackDelay">What the peer says it waited, already limited to its max_ack_delay.</param>
    public void Update(long sample, long ackDelay)
    {
        Latest = Math.Max(sample, 1);
        if (!HasSample)
        {
            HasSample = true;
            Minimum = Latest;
            Smoothed = Latest;
            Variation = Latest / 2;
            return;
        }

        Minimum = Math.Min(Minimum, Latest);

        // A delay that would bring the sample below the minimum is not believed.
        long adjusted = Latest >= Minimum + ackDelay ? Latest - ackDelay : Latest;
        Variation = ((3 * Variation) + Math.Abs(Smoothed - adjusted)) / 4;
        Smoothed = ((7 * Smoothed) + adjusted) / 8;
    }

    /// <summary>Begins with the minimum anew: after so long the path may be another one, RFC 9002 §5.2.</summary>
    public void OnPersistentCongestion() => Minimum = Latest;

    /// <summary>Forgets everything: the path is another one.</summary>
    public void Reset()
    {
        HasSample = false;
        Latest = 0;
        Minimum = 0;
        Smoothed = Initial;
        Variation = Initial / 2;
    }

    /// <summary>The probe timeout without backoff, RFC 9002 §6.2.1.</summary>
    /// <param name="maxAckDelay">The peer's, or 0 in the spaces where acknowledgments are not delayed.</param>
    public long ProbeTimeout(long maxAckDelay) => Smoothed + Math.Max(4 * Variation, Granularity) + maxAckDelay;

    /// <summary>How long after a later packet was acknowledged an earlier one counts as lost, RFC 9002 §6.1.2.</summary>
    public long LossDelay => Math.Max(9 * Math.Max(Latest, Smoothed) / 8, Granularity);
}
