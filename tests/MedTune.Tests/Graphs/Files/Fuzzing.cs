using MedTune.Graphs;

namespace MedTune.Tests.Graphs.Files;

/// <summary>Seeded damage to a valid file: whatever is done to it, reading either works or refuses with a sentence.</summary>
internal static class Fuzzing
{
    private static readonly byte[] Extremes = [0x00, 0x01, 0x7F, 0x80, 0xFF];

    public static void Run(byte[] valid, int seed, int rounds, Action<byte[]> read)
    {
        for (int length = 0; length < valid.Length; length += Math.Max(1, valid.Length / 400))
        {
            Try(valid[..length], read, $"truncated to {length}");
        }

        var random = new Random(seed);
        for (int round = 0; round < rounds; round++)
        {
            Try(Mutate(valid, random), read, $"seed {seed}, round {round}");
        }
    }

    public static byte[] Mutate(byte[] valid, Random random)
    {
        var bytes = new List<byte>(valid);
        for (int change = random.Next(1, 5); change > 0 && bytes.Count > 0; change--)
        {
            int at = random.Next(bytes.Count);
            int length = Math.Min(random.Next(1, 12), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes[at] = Extremes[random.Next(Extremes.Length)]; break;
                case 3: bytes.RemoveRange(at, length); break;
                case 4: bytes.InsertRange(at, Enumerable.Repeat((byte)0xFF, length)); break;
                default: bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length)); break;
            }
        }

        return [.. bytes];
    }

    public static void Try(byte[] bytes, Action<byte[]> read, string what)
    {
        try
        {
            read(bytes);
        }
        catch (InvalidGraphException error)
        {
            Assert.False(string.IsNullOrWhiteSpace(error.Message), what);
        }
        catch (Exception error) when (error is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"{what}: {error}");
        }
    }
}
