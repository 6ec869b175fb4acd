using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>Random numbers as a function of (seed, purpose, stream, element): no state, so no order and no thread can change them.</summary>
/// <remarks>
/// Philox4x32-10 of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011. The seed is the key of a first
/// block whose counter holds stream and purpose; that block's output is the key and the upper counter half of all further blocks.
/// The methods read the same underlying bits, so one instance should serve one kind of number: take another stream for another.
/// </remarks>
public readonly struct Philox
{
    private const uint MultiplierA = 0xD2511F53;
    private const uint MultiplierB = 0xCD9E8D57;
    private const uint WeylA = 0x9E3779B9;
    private const uint WeylB = 0xBB67AE85;
    private const double TwoPi = 6.283185307179586476925286766559;

    private readonly uint _key0;
    private readonly uint _key1;
    private readonly uint _counter2;
    private readonly uint _counter3;

    /// <summary>The random numbers of one purpose and stream.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="purpose">One of <see cref="RandomPurpose"/>.</param>
    /// <param name="stream">Which sequence: an epoch, a layer, a fold, or several of these packed into 64 bits.</param>
    public Philox(ulong seed, uint purpose, ulong stream)
    {
        Block first = Encrypt((uint)seed, (uint)(seed >> 32), new Block((uint)stream, (uint)(stream >> 32), purpose, 0));
        _key0 = first.Word0;
        _key1 = first.Word1;
        _counter2 = first.Word2;
        _counter3 = first.Word3;
    }

    /// <summary>32 random bits.</summary>
    /// <param name="element">Which number of the sequence.</param>
    public uint Bits(ulong element)
    {
        Block block = At(element >> 2);
        return (element & 3) switch
        {
            0 => block.Word0,
            1 => block.Word1,
            2 => block.Word2,
            _ => block.Word3,
        };
    }

    /// <summary>64 random bits.</summary>
    /// <param name="element">Which number of the sequence.</param>
    public ulong LongBits(ulong element)
    {
        Block block = At(element >> 1);
        return (element & 1) == 0 ? block.Low : block.High;
    }

    /// <summary>A number drawn evenly from [0, 1), a multiple of 2^-24.</summary>
    /// <param name="element">Which number of the sequence.</param>
    public float Uniform(ulong element) => ToUniform(Bits(element));

    /// <summary>A number drawn evenly from [0, 1), a multiple of 2^-53.</summary>
    /// <param name="element">Which number of the sequence.</param>
    public double UniformDouble(ulong element) => ToUniform(LongBits(element));

    /// <summary>A number from the normal distribution of mean 0 and variance 1 (Box and Muller, 1958).</summary>
    /// <param name="element">Which number of the sequence.</param>
    public double Normal(ulong element)
    {
        Block block = At(element >> 1);
        double radius = Math.Sqrt(-2.0 * DoubleMath.Log(1.0 - ToUniform(block.Low)));
        double angle = TwoPi * ToUniform(block.High);
        return radius * ((element & 1) == 0 ? DoubleMath.Cos(angle) : DoubleMath.Sin(angle));
    }

    /// <summary>A whole number drawn evenly from 0 to <paramref name="bound"/> - 1 (bias below 2^-32).</summary>
    /// <param name="bound">At least 1.</param>
    /// <param name="element">Which number of the sequence.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is below 1.</exception>
    public int Below(int bound, ulong element)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        return (int)Math.BigMul(LongBits(element), (ulong)bound, out _);
    }

    /// <summary>Puts the items in random order, every order equally likely (Fisher and Yates; elements 1 to n - 1 are used).</summary>
    /// <param name="items">Changed in place.</param>
    public void Shuffle(Span<int> items)
    {
        for (int last = items.Length - 1; last > 0; last--)
        {
            int other = Below(last + 1, (ulong)last);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    /// <summary>Writes <see cref="Uniform"/> of consecutive elements.</summary>
    /// <param name="first">The element of <c>destination[0]</c>.</param>
    /// <param name="destination">Filled whole.</param>
    public void FillUniform(ulong first, Span<float> destination)
    {
        int i = 0;
        for (; i < destination.Length && ((first + (ulong)i) & 3) != 0; i++)
        {
            destination[i] = Uniform(first + (ulong)i);
        }

        for (; i <= destination.Length - 4; i += 4)
        {
            Block block = At((first + (ulong)i) >> 2);
            destination[i] = ToUniform(block.Word0);
            destination[i + 1] = ToUniform(block.Word1);
            destination[i + 2] = ToUniform(block.Word2);
            destination[i + 3] = ToUniform(block.Word3);
        }

        for (; i < destination.Length; i++)
        {
            destination[i] = Uniform(first + (ulong)i);
        }
    }

    /// <summary>One block of the published cipher, for the known-answer test.</summary>
    internal static void Encrypt(ReadOnlySpan<uint> key, ReadOnlySpan<uint> counter, Span<uint> destination)
    {
        Block block = Encrypt(key[0], key[1], new Block(counter[0], counter[1], counter[2], counter[3]));
        destination[0] = block.Word0;
        destination[1] = block.Word1;
        destination[2] = block.Word2;
        destination[3] = block.Word3;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float ToUniform(uint bits) => (bits >> 8) * (1.0f / (1 << 24));

    private static double ToUniform(ulong bits) => (bits >> 11) * (1.0 / (1L << 53));

    private static Block Encrypt(uint key0, uint key1, Block counter)
    {
        (uint x0, uint x1, uint x2, uint x3) = (counter.Word0, counter.Word1, counter.Word2, counter.Word3);
        for (int round = 0; round < 10; round++)
        {
            ulong a = (ulong)MultiplierA * x0;
            ulong b = (ulong)MultiplierB * x2;
            (x0, x1, x2, x3) = ((uint)(b >> 32) ^ x1 ^ key0, (uint)b, (uint)(a >> 32) ^ x3 ^ key1, (uint)a);
            key0 += WeylA;
            key1 += WeylB;
        }

        return new Block(x0, x1, x2, x3);
    }

    private Block At(ulong index) => Encrypt(_key0, _key1, new Block((uint)index, (uint)(index >> 32), _counter2, _counter3));

    private readonly record struct Block(uint Word0, uint Word1, uint Word2, uint Word3)
    {
        public ulong Low => ((ulong)Word1 << 32) | Word0;

        public ulong High => ((ulong)Word3 << 32) | Word2;
    }
}
