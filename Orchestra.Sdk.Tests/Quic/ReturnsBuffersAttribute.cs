using NUnit.Framework.Interfaces;
using Orchestra.Quic.Streams;

namespace Orchestra.Sdk.Tests.Quic;

/// <summary>Checks that the connections of a test, of which many may run at once, gave back every buffer.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ReturnsBuffersAttribute : TestActionAttribute
{
    private int _before;

    public override ActionTargets Targets => ActionTargets.Test;

    public override void BeforeTest(ITest test) => _before = HeldBuffers.Count;

    public override void AfterTest(ITest test) => Assert.That(HeldBuffers.Count, Is.LessThanOrEqualTo(_before), "buffers that were not given back");
}
