using System.Globalization;
using System.Runtime.CompilerServices;

namespace Orchestra.Sdk.Binding;

/// <summary>The text of a fault, which is composed only when the fault will be told.</summary>
[InterpolatedStringHandler]
internal ref struct FaultText
{
    private DefaultInterpolatedStringHandler _text;

    public FaultText(int literalLength, int formattedCount, Argument argument, out bool isWanted)
    {
        isWanted = argument.HasRoomForFault;
        _text = isWanted ? new(literalLength, formattedCount, CultureInfo.InvariantCulture) : default;
    }

    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public string ToStringAndClear() => _text.ToStringAndClear();
}
