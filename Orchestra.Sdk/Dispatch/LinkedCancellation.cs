namespace Orchestra.Sdk.Dispatch;

/// <summary>
/// Canceled when another token is, but apart from everything else that is: what the plugin's code registers here may block or throw and
/// keeps no other call from hearing of its end. <see cref="CancellationTokenSource.CreateLinkedTokenSource(CancellationToken)"/> runs
/// the callbacks of all linked sources one after the other.
/// </summary>
internal sealed class LinkedCancellation : CancellationTokenSource
{
    private readonly CancellationTokenRegistration _link;

    public LinkedCancellation(CancellationToken outer) => _link = outer.UnsafeRegister(
        static source => _ = ((CancellationTokenSource)source!).CancelSafelyAsync(), this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _link.Dispose();
        }

        base.Dispose(disposing);
    }
}
