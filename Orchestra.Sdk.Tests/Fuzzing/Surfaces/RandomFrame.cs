using Orchestra.Quic.Wire;

namespace Orchestra.Sdk.Tests.Fuzzing.Surfaces;

/// <summary>Makes up frames of every type, well formed and with any numbers.</summary>
internal static class RandomFrame
{
    private const int Types = 0x1f;

    public static byte[] Make(Random random)
    {
        var bytes = new List<byte>();
        int type = random.Next(3) == 0 ? (int)FrameType.Stream + random.Next(8) : random.Next(Types);
        bytes.AddRange(RandomNumbers.Encode(type, random));
        switch ((FrameType)type)
        {
            case FrameType.Ack or FrameType.AckEcn:
                Ack(type == (int)FrameType.AckEcn);
                break;
            case FrameType.ResetStream:
                Numbers(3);
                break;
            case FrameType.StopSending or FrameType.MaxStreamData or FrameType.StreamDataBlocked:
                Numbers(2);
                break;
            case FrameType.MaxData or FrameType.DataBlocked or FrameType.RetireConnectionId
                or FrameType.MaxStreamsBidi or FrameType.MaxStreamsUni or FrameType.StreamsBlockedBidi or FrameType.StreamsBlockedUni:
                Numbers(1);
                break;
            case FrameType.Crypto:
                Numbers(1);
                Text();
                break;
            case FrameType.NewToken:
                Text();
                break;
            case >= FrameType.Stream and < FrameType.MaxData:
                Numbers((type & 4) != 0 ? 2 : 1);
                if ((type & 2) != 0)
                {
                    Text();
                }
                else
                {
                    Bytes(random.Next(30));
                }

                break;
            case FrameType.NewConnectionId:
                Numbers(2);
                int length = random.Next(8) == 0 ? random.Next(256) : 8;
                bytes.Add((byte)length);
                Bytes(length);
                Bytes(16);
                break;
            case FrameType.PathChallenge or FrameType.PathResponse:
                Bytes(8);
                break;
            case FrameType.ConnectionClose:
                Numbers(2);
                Text();
                break;
            case FrameType.ApplicationClose:
                Numbers(1);
                Text();
                break;
        }

        return [.. bytes];

        void Numbers(int count)
        {
            for (; count > 0; count--)
            {
                bytes.AddRange(RandomNumbers.Encode(RandomNumbers.Next(random), random));
            }
        }

        void Bytes(int count) => bytes.AddRange(ByteMutations.Bytes(random, count));

        void Text()
        {
            int length = random.Next(8) == 0 ? random.Next(1100) : random.Next(25);
            bytes.AddRange(RandomNumbers.Encode(length, random));
            Bytes(length);
        }

        void Ack(bool hasCounts)
        {
            int ranges = random.Next(4) == 0 ? random.Next(70) : 0;
            bytes.AddRange(RandomNumbers.Encode(random.Next(4) == 0 ? RandomNumbers.Next(random) : random.Next(40), random));
            Numbers(1);
            bytes.AddRange(RandomNumbers.Encode(ranges, random));
            for (int i = 0; i < 1 + (2 * ranges); i++)
            {
                bytes.AddRange(RandomNumbers.Encode(random.Next(8) == 0 ? RandomNumbers.Next(random) : random.Next(3), random));
            }

            Numbers(hasCounts ? 3 : 0);
        }
    }
}
