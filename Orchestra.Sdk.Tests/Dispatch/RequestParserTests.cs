using Google.Protobuf;
using Orchestra.Sdk.Dispatch;
using Orchestra.Sdk.Messages;

namespace Orchestra.Sdk.Tests.Dispatch;

internal sealed class RequestParserTests
{
    [Test]
    public void Reads_a_request()
    {
        var sent = new PluginRequest { RequestId = "r1", Health = new HealthRequest() };
        Assert.That(RequestParser.TryParse(sent.ToByteArray(), out PluginRequest request, out string error));
        Assert.That((request, error), Is.EqualTo((sent, "")));
    }

    // The peer is to know which of its requests was refused.
    [Test]
    public void Saves_the_id_of_what_it_cannot_read()
    {
        byte[] payload = [.. new PluginRequest { RequestId = "r1" }.ToByteArray(), 0xff, 0xff];
        Assert.That(RequestParser.TryParse(payload, out PluginRequest request, out string error), Is.False);
        Assert.That((request.RequestId, request.RequestCase), Is.EqualTo(("r1", PluginRequest.RequestOneofCase.None)));
        Assert.That(error, Does.StartWith("the request is no readable PluginRequest: "));
    }

    [TestCase(RequestParser.MaxIdLength, true)]
    [TestCase(RequestParser.MaxIdLength + 1, false)]
    public void Takes_ids_up_to_a_length_and_keeps_none_that_is_longer(int length, bool isTaken)
    {
        byte[] payload = new PluginRequest { RequestId = new string('r', length), Health = new HealthRequest() }.ToByteArray();
        Assert.That(RequestParser.TryParse(payload, out PluginRequest request, out string error), Is.EqualTo(isTaken));
        Assert.That((request.RequestId.Length, error.Length > 0), Is.EqualTo((isTaken ? length : 0, !isTaken)));
    }

    [TestCase("", "")]
    [TestCase("0a", "")]
    [TestCase("0a02 7231", "r1")]
    [TestCase("0a02 7231 ffff", "r1")]
    [TestCase("0a03 7231", "")]
    [TestCase("0a8101 7231", "")]
    [TestCase("1202 7231", "")]
    public void Finds_an_id_only_where_a_whole_one_comes_first(string payload, string id) =>
        Assert.That(RequestParser.SalvageRequestId(Quic.Hex.Parse(payload)), Is.EqualTo(id));
}
