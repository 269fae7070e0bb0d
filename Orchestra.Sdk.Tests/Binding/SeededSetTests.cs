using Google.Protobuf.WellKnownTypes;
using Orchestra.Sdk.Binding;
using Orchestra.Sdk.Values;

namespace Orchestra.Sdk.Tests.Binding;

/// <summary>What a peer chose fills sets in linear time: counted are the comparisons that equal hashes cost.</summary>
internal sealed class SeededSetTests
{
    private const int Count = 4_000;

    [Test]
    public void Numbers_with_equal_hashes_of_dotnet_are_told_apart_at_once()
    {
        double[] numbers = Colliding();
        Assert.That(numbers.Select(number => number.GetHashCode()).Distinct().Count(), Is.EqualTo(1), "the attack is one");

        Assert.That(ComparisonsOf(numbers), Is.LessThan(10));
        Assert.That(ComparisonsOf(numbers.Select(BitConverter.DoubleToInt64Bits)), Is.LessThan(10));
        Assert.That(ComparisonsOf(numbers.Select(BitConverter.DoubleToUInt64Bits)), Is.LessThan(10));
        Assert.That(ComparisonsOf(numbers.Select((_, i) => new DateTime(Mirrored(i)))), Is.LessThan(10));
        Assert.That(ComparisonsOf(numbers.Select((_, i) => new DateTimeOffset(Mirrored(i), TimeSpan.Zero))), Is.LessThan(10));
        Assert.That(ComparisonsOf(numbers.Select((_, i) => new TimeSpan(Mirrored(i)))), Is.LessThan(10));
        Assert.That(ComparisonsOf(Enumerable.Range(0, 200).Select(i => new TimeOnly(Mirrored(i)))), Is.LessThan(10));
        Assert.That(ComparisonsOf(numbers.Select((_, i) => new Guid(i, 0, 0, 0, 0, 0, 0, (byte)i, (byte)(i >> 8), 0, 0))), Is.LessThan(10));
        Assert.That(ComparisonsOf(numbers.Select((_, i) => new decimal(i, i, 0, isNegative: false, 0))), Is.LessThan(10));
        Assert.That(ComparisonsOf(numbers.Select((_, i) => new Int128((ulong)i, (ulong)Mirrored(i)))), Is.LessThan(10));
        Assert.That(ComparisonsOf(numbers.Select((_, i) => new UInt128((ulong)i, (ulong)Mirrored(i)))), Is.LessThan(10));
    }

    [Test]
    public void Integers_that_share_a_bucket_do_not_share_one_here()
    {
        // The least of the primes that a set for so many items has as the number of its buckets.
        const int buckets = 4049;
        int[] hashes = [.. Enumerable.Range(0, Count).Select(i => new SeededComparer<int>().GetHashCode(i * buckets))];

        int longest = hashes.CountBy(hash => (uint)hash % buckets).Max(bucket => bucket.Value);
        Assert.That(longest, Is.LessThan(20));
    }

    [TestCase(0.0, -0.0)]
    [TestCase(double.NaN, -double.NaN)]
    public void Equal_numbers_have_equal_hashes(double left, double right) =>
        Assert.That(SeededHash.Of(left), Is.EqualTo(SeededHash.Of(right)));

    [Test]
    public void Equal_values_have_equal_hashes()
    {
        Assert.That(Hash(1.0m), Is.EqualTo(Hash(1.000m)));
        Assert.That(Hash(0.00m), Is.EqualTo(Hash(-0.0m)));
        Assert.That(Hash(new DateTime(5, DateTimeKind.Utc)), Is.EqualTo(Hash(new DateTime(5, DateTimeKind.Local))));
        var time = new DateTimeOffset(2026, 10, 3, 14, 30, 0, TimeSpan.FromHours(2));
        Assert.That(Hash(time), Is.EqualTo(Hash(time.ToUniversalTime())));
        Assert.That(Hash<string?>(null), Is.Zero);

        static int Hash<T>(T value) => new SeededComparer<T>().GetHashCode(value!);
    }

    [Test]
    public void A_set_of_such_numbers_is_read()
    {
        double[] numbers = Colliding();

        HashSet<double> set = Call.Read(List(numbers), a => a.ReadSet(i => i.ReadNumber<double>()));

        Assert.That(set, Is.EquivalentTo(numbers));
        Assert.That(((SeededComparer<double>)set.Comparer).Comparisons, Is.LessThan(10));
        Assert.That(set.Contains(numbers[^1]), Is.True);
        Assert.That(set.SetEquals(new HashSet<double>(numbers.Take(3))), Is.False);
    }

    [Test]
    public void Other_sets_keep_the_comparer()
    {
        HashSet<double> set = Call.Read("[1,2]", a => a.ReadSet(i => i.ReadNumber<double>()));

        Assert.That(SetConversion.ToImmutable(set).KeyComparer, Is.SameAs(set.Comparer));
        Assert.That(SetConversion.ToFrozen(set).Comparer, Is.SameAs(set.Comparer));
        Assert.That(SetConversion.ToFrozen(set), Is.EquivalentTo(new[] { 1.0, 2.0 }));
    }

    [Test]
    public void Other_dictionaries_keep_the_comparer()
    {
        Dictionary<long, int> read = Call.Read("{\"1\":1,\"2\":2}", a => a.ReadDictionary(k => k.ReadInteger<long>(), v => v.ReadInteger<int>()));

        Assert.That(read.Comparer, Is.InstanceOf<SeededComparer<long>>());
        Assert.That(DictionaryConversion.ToImmutable(read).KeyComparer, Is.SameAs(read.Comparer));
        Assert.That(DictionaryConversion.ToFrozen(read).Comparer, Is.SameAs(read.Comparer));
        Assert.That(DictionaryConversion.ToOrdered(read).Comparer, Is.SameAs(read.Comparer));
        Assert.That(DictionaryConversion.ToConcurrent(read).Comparer, Is.SameAs(read.Comparer));
        Assert.That(DictionaryConversion.ToOrdered(read), Is.EqualTo(read));
    }

    [Test]
    public void Collections_with_the_hashes_of_dotnet_take_no_items_that_collide()
    {
        HashSet<double> set = [.. Colliding()];
        Dictionary<double, int> members = set.ToDictionary(item => item, _ => 1);
        string message = "too many of the items have the same hash to be told apart; send fewer";

        Assert.That(() => Collections.Checked(set), Throws.ArgumentException.With.Message.EqualTo(message));
        Assert.That(() => Collections.Checked(members), Throws.ArgumentException.With.Message.EqualTo(message));
        Assert.That(() => Collections.Filled(new HashSet<double>(), set), Throws.ArgumentException);
        Assert.That(() => Collections.Filled(new Dictionary<double, int>(), members), Throws.ArgumentException);
        Assert.That(() => Collections.Fill(new HashSet<double>(), set), Throws.ArgumentException);
        Assert.That(() => Collections.Fill(new Dictionary<double, int>(), members), Throws.ArgumentException);
    }

    [Test]
    public void Collections_with_the_hashes_of_dotnet_take_all_others()
    {
        HashSet<long> set = [.. Enumerable.Range(0, Count)];
        Dictionary<string, int> members = set.ToDictionary(item => $"{item}", _ => 1);
        var filledSet = new HashSet<long> { -1 };
        var filledMembers = new Dictionary<string, int> { ["x"] = 1 };

        Collections.Fill(filledSet, set);
        Collections.Fill(filledMembers, members);

        Assert.That(filledSet, Is.EqualTo(set));
        Assert.That(filledMembers, Is.EqualTo(members));
        Assert.That(Enumerable.Range(0, 50).Select(_ => Collections.Filled(new HashSet<long>(), set).Capacity).Distinct().Count(), Is.GreaterThan(1), "nobody knows the buckets");
    }

    [Test]
    public void Sets_that_were_read_compare_as_others_do()
    {
        HashSet<long> left = Call.Read("[1,2]", a => a.ReadSet(i => i.ReadInteger<long>()));
        HashSet<long> right = Call.Read("[2,1]", a => a.ReadSet(i => i.ReadInteger<long>()));

        Assert.That(left.Comparer, Is.EqualTo(right.Comparer));
        Assert.That(left.Comparer.Equals(new SeededComparer<int>()), Is.False);
        Assert.That(left.Comparer.GetHashCode(), Is.EqualTo(right.Comparer.GetHashCode()));
        Assert.That(left.SetEquals(right) && left.SetEquals([2, 1]), Is.True);
    }

    [Test]
    public void A_set_of_the_users_type_is_refused_when_its_hash_makes_it_quadratic()
    {
        HashSet<Point> set = [];
        string? fault = Call.Fault(
            List(Enumerable.Range(0, 40_000).Select(i => (double)i)),
            a => set = a.ReadSet(i => new Point(i.ReadNumber<double>())));

        Assert.That(fault, Is.EqualTo("too many of the items have the same hash to be told apart; send fewer"));
        Assert.That(((SeededComparer<Point>)set.Comparer).Comparisons, Is.LessThan((64 * 40_000) + 40_000));
    }

    [Test]
    public void A_poor_hash_does_for_some_hundred_items() => Assert.That(
        Call.Read(List(Enumerable.Range(0, 400).Select(i => (double)i)), a => a.ReadSet(i => new Point(i.ReadNumber<double>()))),
        Has.Count.EqualTo(400));

    [Test]
    public void Json_values_with_equal_hashes_of_dotnet_are_told_apart_at_once()
    {
        var comparer = new Counting();
        var set = new HashSet<Value>(comparer);
        foreach (double number in Colliding())
        {
            set.Add(Value.ForNumber(number));
            set.Add(Value.ForList(Value.ForNumber(number), Value.ForNumber(-number)));
            set.Add(Value.ForStruct(new Struct { Fields = { ["a"] = Value.ForNumber(number), ["b"] = Value.ForBool(true) } }));
        }

        Assert.That(set, Has.Count.EqualTo(3 * Count));
        Assert.That(comparer.Comparisons, Is.LessThan(20));
    }

    [Test]
    public void Nothing_is_read_of_a_list_that_is_too_long()
    {
        int reads = 0;
        int Read(Argument argument) => ++reads;
        Value list = List(Enumerable.Range(0, 1000).Select(i => (double)i));

        Assert.That(Call.Fault(list, a => a.ReadSet(Read, maxLength: 999)), Is.EqualTo("expected at most 999 items, got 1000"));
        Assert.That(Call.Fault(list, a => a.ReadList(Read, maxLength: 999)), Is.EqualTo("expected at most 999 items, got 1000"));
        Assert.That(Call.Fault(list, a => a.ReadArray(Read, maxLength: 999)), Is.EqualTo("expected at most 999 items, got 1000"));
        Assert.That(
            Call.Fault("""{"a":1,"b":2}""", a => a.ReadDictionary(Read, maxLength: 1)), Is.EqualTo("expected at most 1 member, got 2"));
        Assert.That(reads, Is.Zero);
    }

    [Test]
    public void Too_few_items_are_looked_at() => Assert.That(
        Call.Fault("[true]", a => a.ReadArray(i => i.ReadInteger<int>(), minLength: 2)),
        Is.EqualTo("expected at least 2 items, got 1\narguments.x[0]: expected an integer, got true"));

    [Test]
    public void Nothing_is_read_on_when_there_are_more_faults_than_are_told()
    {
        int reads = 0;
        int Read(Argument argument)
        {
            reads++;
            return argument.ReadInteger<int>();
        }

        string list = $"[{string.Join(',', Enumerable.Range(0, 1000).Select(i => $"\"x{i}\""))}]";
        string members = "{" + string.Join(',', Enumerable.Range(0, 1000).Select(i => $"\"m{i}\":\"x\"")) + "}";

        Assert.That(Call.Fault(list, a => a.ReadSet(Read)), Does.EndWith("\n… and 980 more"));
        Assert.That(Call.Fault(list, a => a.ReadList(Read)), Does.EndWith("\n… and 980 more"));
        Assert.That(Call.Fault(list, a => a.ReadArray(Read)), Does.EndWith("\n… and 980 more"));
        Assert.That(Call.Fault(members, a => a.ReadDictionary(Read)), Does.EndWith("\n… and 980 more"));
        Assert.That(reads, Is.EqualTo(4 * 21));
    }

    [Test]
    public void Names_in_another_case_are_not_looked_for_among_very_many()
    {
        string json = "{\"NAME\":1," + string.Join(',', Enumerable.Range(0, 1024).Select(i => $"\"m{i}\":1")) + "}";

        Assert.That(Call.Reader(json).Find("name", out _), Is.False);
        Assert.That(Call.Reader("""{"NAME":1}""").Find("name", out _), Is.True);
    }

    // Whatever h is, the one half undoes what the other does to the hash.
    private static double[] Colliding() =>
        [.. Enumerable.Range(0x3ff00000, Count).Select(h => BitConverter.UInt64BitsToDouble(((ulong)h << 32) | (uint)(h ^ 0x12345678)))];

    private static long Mirrored(int value) => ((long)value << 32) | (uint)value;

    private static long ComparisonsOf<T>(IEnumerable<T> values)
    {
        var comparer = new SeededComparer<T>();
        T[] some = [.. values];
        Assert.That(new HashSet<T>(some, comparer), Has.Count.EqualTo(some.Length));
        return comparer.Comparisons;
    }

    private static Value List(IEnumerable<double> numbers) => Value.ForList([.. numbers.Select(Value.ForNumber)]);

    private sealed record Point(double X)
    {
        public override int GetHashCode() => 0;
    }

    private sealed class Counting : IEqualityComparer<Value>
    {
        public int Comparisons { get; private set; }

        public bool Equals(Value? x, Value? y)
        {
            Comparisons++;
            return JsonEquality.Instance.Equals(x, y);
        }

        public int GetHashCode(Value value) => JsonEquality.Instance.GetHashCode(value);
    }
}
