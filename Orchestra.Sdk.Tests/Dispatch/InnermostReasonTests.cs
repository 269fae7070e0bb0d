using System.Reflection;
using Orchestra.Sdk.Dispatch;

namespace Orchestra.Sdk.Tests.Dispatch;

internal sealed class InnermostReasonTests
{
    private static readonly Exception Cause = new InvalidDataException("the cause");

    private static IEnumerable<TestCaseData> Wrapped()
    {
        yield return new TestCaseData(Cause).SetName("By_nothing");
        yield return new TestCaseData(new TargetInvocationException(Cause)).SetName("By_reflection");
        yield return new TestCaseData(new TypeInitializationException("T", Cause)).SetName("By_a_static_constructor");
        yield return new TestCaseData(new AggregateException(Cause)).SetName("By_a_task");
        yield return new TestCaseData(new AggregateException(new TargetInvocationException(new TypeInitializationException("T", Cause))))
            .SetName("By_all_of_them");
    }

    [TestCaseSource(nameof(Wrapped))]
    public void Is_found_in_its_wrappings(Exception exception) => Assert.That(InnermostReason.Of(exception), Is.EqualTo("the cause"));

    // What somebody wrapped by his own will says more than what it wraps.
    [Test]
    public void Is_what_says_something_of_its_own() =>
        Assert.That(InnermostReason.Of(new IOException("the notes cannot be read", Cause)), Is.EqualTo("the notes cannot be read"));

    [Test]
    public void Is_not_one_of_several() =>
        Assert.That(InnermostReason.Of(new AggregateException("both", Cause, new IOException("other"))), Does.StartWith("both"));
}
