using System.Runtime.CompilerServices;
using Orchestra.Quic.Endpoint;

namespace Orchestra.Sdk.Protocol;

/// <summary>
/// The thread that receives datagrams also serves exchanges, as far as that is quick: no other thread has to wake up, and answers leave
/// together. Code that may keep it leaves it first.
/// </summary>
internal static class ReceivingThread
{
    /// <summary>Serves by this thread if it is one, soon; else by the thread pool.</summary>
    public static void Queue(IThreadPoolWorkItem item) => InlineWork.Queue(item);

    /// <summary>Goes on by the thread pool, if this is such a thread.</summary>
    public static Departure LeaveAsync() => default;

    internal readonly struct Departure : ICriticalNotifyCompletion
    {
        public bool IsCompleted => !InlineWork.IsCurrent;

        public Departure GetAwaiter() => this;

        public void GetResult()
        {
        }

        public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

        public void UnsafeOnCompleted(Action continuation) =>
            ThreadPool.UnsafeQueueUserWorkItem(static continuation => continuation(), continuation, preferLocal: false);
    }
}
