namespace Orchestra.Quic.Streams;

/// <summary>
/// How much one may have of what all share: seven times what is left. Who is alone may so take all but an eighth, two may take all but a
/// fifteenth, and whoever has nothing yet finds something. These are the dynamic thresholds of switches with shared memory (Choudhury and
/// Hahne, 1998).
/// </summary>
internal static class FairShare
{
    private const long Times = 7;

    /// <param name="had">What one has already.</param>
    /// <param name="left">What nobody has.</param>
    public static bool MayHaveMore(long had, long left) => left > 0 && had <= Times * left;
}
