using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Orchestra.Sdk.Tests.Interop.EveryType;

/// <summary>Annotations. Each tool is called with what they refuse.</summary>
public sealed partial class EveryTypePlugin
{
    [Tool(Description = "Range")] public void Range([Range(1, 10)] int x) => _ = x;
    [Tool(Description = "Range of texts")] public void RangeOfTexts([Range(typeof(decimal), "0.1", "0.2")] decimal x) => _ = x;
    [Tool(Description = "Length")] public void Length([Length(1, 2)] string x) => _ = x;
    [Tool(Description = "MinLength")] public void MinLength([MinLength(1)] int[] x) => _ = x;
    [Tool(Description = "MaxLength")] public void MaxLength([MaxLength(1)] Dictionary<string, int> x) => _ = x;
    [Tool(Description = "StringLength")] public void StringLength([StringLength(2)] string x) => _ = x;
    [Tool(Description = "RegularExpression")] public void RegularExpression([RegularExpression("a+")] string x) => _ = x;
    [Tool(Description = "EmailAddress")] public void EmailAddress([EmailAddress] string x) => _ = x;
    [Tool(Description = "Url")] public void Url([Url] string x) => _ = x;
    [Tool(Description = "Base64String")] public void Base64String([Base64String] string x) => _ = x;
    [Tool(Description = "AllowedValues")] public void AllowedValues([AllowedValues("a", "b")] string x) => _ = x;
    [Tool(Description = "DeniedValues")] public void DeniedValues([DeniedValues("a", "b")] string x) => _ = x;
    [Tool(Description = "Required")] public void Required([Required] string x) => _ = x;
    [Tool(Description = "Argument")] public void Argument([Argument(Name = "y", Description = "A number of [Argument].")] int x) => _ = x;
    [Tool(Description = "Description")] public void Described([Description("A number of [Description].")] int x) => _ = x;

    /// <summary>param</summary>
    /// <param name="x">A number of the comment.</param>
    [Tool] public void Documented(int x) => _ = x;
}
