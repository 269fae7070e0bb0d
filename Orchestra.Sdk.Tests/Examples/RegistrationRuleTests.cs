using Orchestra.Examples.Host.Orchestration;

namespace Orchestra.Sdk.Tests.Examples;

/// <summary>Whom examples/Host lets register as a plugin.</summary>
internal sealed class RegistrationRuleTests
{
    [TestCase("tools.notes", "tools.notes-client", true)]
    [TestCase("tools.notes", "tools.notes", true)]
    [TestCase("tools.notes", "tools.other-client", false)]
    [TestCase("tools.notes", "tools.notes-client-client", false)]
    [TestCase("tools.notes", "tools.NOTES-client", false)]
    [TestCase("tools.notes", "orchestrator-to-tools.notes", false)]
    [TestCase("tools.notes", null, false)]
    [TestCase("", null, false)]
    public void Goes_by_the_certificate(string id, string? peer, bool accepted) =>
        Assert.That(RegistrationRule.Reject(id, peer), accepted ? Is.Null : Does.Contain("is another plugin's"));
}
