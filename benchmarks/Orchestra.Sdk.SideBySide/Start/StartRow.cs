using Orchestra.Sdk.SideBySide.Measuring;

namespace Orchestra.Sdk.SideBySide.Start;

/// <summary>One value of both plugins, in every round.</summary>
internal sealed class StartRow(string title, string format)
{
    private readonly Figure _go = new();
    private readonly Figure _ours = new();

    public void Add(bool go, double value) => (go ? _go : _ours).Add(value);

    public override string ToString() =>
        $"| {title} | {_go.Text(format)} | {_ours.Text(format)} | {Figure.RatioText(_ours.RatioTo(_go))} |";
}
