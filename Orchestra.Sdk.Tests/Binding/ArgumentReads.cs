using System.Numerics;
using Orchestra.Sdk.Binding;

namespace Orchestra.Sdk.Tests.Binding;

/// <summary>The readers with all that they can check, of which a test names what it is about; generated code names everything.</summary>
internal static class ArgumentReads
{
    public static string ReadString(
        this Argument argument,
        int minLength = 0,
        int maxLength = int.MaxValue,
        TextPattern? pattern = null,
        ReadOnlySpan<string> allowed = default,
        ReadOnlySpan<string> denied = default,
        TextForm form = TextForm.Any,
        bool notBlank = false) =>
        argument.ReadString(minLength, maxLength, pattern, allowed, denied, form, notBlank);

    public static byte[] ReadBytes(this Argument argument, int minLength = 0, int maxLength = int.MaxValue) =>
        argument.ReadBytes(minLength, maxLength);

    public static T[] ReadArray<T>(
        this Argument argument, Func<Argument, T> readItem, int minLength = 0, int maxLength = int.MaxValue) =>
        argument.ReadArray(readItem, minLength, maxLength);

    public static List<T> ReadList<T>(
        this Argument argument, Func<Argument, T> readItem, int minLength = 0, int maxLength = int.MaxValue) =>
        argument.ReadList(readItem, minLength, maxLength);

    public static HashSet<T> ReadSet<T>(
        this Argument argument, Func<Argument, T> readItem, int minLength = 0, int maxLength = int.MaxValue) =>
        argument.ReadSet(readItem, minLength, maxLength);

    public static Dictionary<string, T> ReadDictionary<T>(
        this Argument argument, Func<Argument, T> readValue, int minLength = 0, int maxLength = int.MaxValue) =>
        argument.ReadDictionary(readValue, minLength, maxLength);

    public static T ReadInteger<T>(
        this Argument argument, T minimum, T maximum, ReadOnlySpan<T> allowed = default, ReadOnlySpan<T> denied = default)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> =>
        argument.ReadInteger(minimum, maximum, allowed, denied);

    public static T ReadNumber<T>(
        this Argument argument,
        T minimum,
        T maximum,
        bool minimumIsExclusive = false,
        bool maximumIsExclusive = false,
        ReadOnlySpan<T> allowed = default,
        ReadOnlySpan<T> denied = default)
        where T : struct, INumber<T>, IMinMaxValue<T> =>
        argument.ReadNumber(minimum, maximum, minimumIsExclusive, maximumIsExclusive, allowed, denied);
}
