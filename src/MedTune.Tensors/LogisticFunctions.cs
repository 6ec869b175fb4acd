using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MedTune.Tensors;

/// <summary>The logistic function and its logarithm for many values in double, the same bits on every machine.</summary>
/// <remarks>
/// Errors stay below 3 units in the last place. Four values go through one register at a time, by additions, divisions, fused multiply-adds and
/// integer steps only; a value's result does not depend on its place. <see cref="DoubleMath"/> is exacter and a good deal slower.
/// </remarks>
public static class LogisticFunctions
{
    private const int Width = 4;
    private const double InverseLn2 = 1.4426950408889634;
    private const double Ln2High = 0.693147180559663;
    private const double Ln2Low = 2.8235290563031577e-13;
    private const double RoundingMagic = 6755399441055744.0;

    // Below this, exp is nothing beside 1, and its power of two is still a normal number.
    private const double Least = -700;

    // Taylor's 1/k!, largest k first: |r| is at most ln 2 / 2, so the next term is below 2^-58.
    private static readonly double[] ExpTerms =
    [
        1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320, 1.0 / 5040, 1.0 / 720, 1.0 / 120, 1.0 / 24, 1.0 / 6, 0.5, 1, 1,
    ];

    // 1/(2k+1) for log(1 + e) = 2 atanh(e / (2 + e)), largest k first; the square of that quotient is at most 1/9.
    private static readonly double[] LogTerms =
    [
        1.0 / 35, 1.0 / 33, 1.0 / 31, 1.0 / 29, 1.0 / 27, 1.0 / 25, 1.0 / 23, 1.0 / 21, 1.0 / 19, 1.0 / 17, 1.0 / 15, 1.0 / 13, 1.0 / 11, 1.0 / 9, 1.0 / 7, 1.0 / 5, 1.0 / 3, 1,
    ];

    /// <summary><c>probabilities[i] = 1 / (1 + exp(-margins[i]))</c>.</summary>
    /// <param name="margins">Any values; NaN gives NaN.</param>
    /// <param name="probabilities">As long as margins; may be the same span.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sigmoid(ReadOnlySpan<double> margins, Span<double> probabilities)
    {
        Require(margins.Length, probabilities.Length);
        int i = 0;
        for (; i <= margins.Length - Width; i += Width)
        {
            var z = Vector256.Create(margins[i..]);
            Sigmoid(z, ExpOfNegative(z)).CopyTo(probabilities[i..]);
        }

        if (i < margins.Length)
        {
            Span<double> rest = stackalloc double[Width];
            rest.Clear();
            margins[i..].CopyTo(rest);
            var z = Vector256.Create<double>(rest);
            Sigmoid(z, ExpOfNegative(z)).CopyTo(rest);
            rest[..(margins.Length - i)].CopyTo(probabilities[i..]);
        }
    }

    /// <summary><c>probabilities[i] = 1 / (1 + exp(-margins[i]))</c> and <c>losses[i] = log(1 + exp(margins[i]))</c>, which share their exponential.</summary>
    /// <param name="margins">Any values; NaN gives NaN.</param>
    /// <param name="probabilities">As long as margins; may be the same span.</param>
    /// <param name="losses">As long as margins, another span.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SigmoidAndSoftplus(ReadOnlySpan<double> margins, Span<double> probabilities, Span<double> losses)
    {
        Require(margins.Length, probabilities.Length);
        Require(margins.Length, losses.Length);
        int i = 0;
        for (; i <= margins.Length - Width; i += Width)
        {
            var z = Vector256.Create(margins[i..]);
            var exp = ExpOfNegative(z);
            Softplus(z, exp).CopyTo(losses[i..]);
            Sigmoid(z, exp).CopyTo(probabilities[i..]);
        }

        if (i < margins.Length)
        {
            Span<double> rest = stackalloc double[Width];
            rest.Clear();
            margins[i..].CopyTo(rest);
            var z = Vector256.Create<double>(rest);
            var exp = ExpOfNegative(z);
            Softplus(z, exp).CopyTo(rest);
            rest[..(margins.Length - i)].CopyTo(losses[i..]);
            Sigmoid(z, exp).CopyTo(rest);
            rest[..(margins.Length - i)].CopyTo(probabilities[i..]);
        }
    }

    /// <summary>exp(-|z|), never below exp(<see cref="Least"/>).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> ExpOfNegative(Vector256<double> z)
    {
        var x = Vector256.Max(-Vector256.Abs(z), Vector256.Create(Least));
        var magic = Vector256.Create(RoundingMagic);
        var shifted = Vector256.FusedMultiplyAdd(x, Vector256.Create(InverseLn2), magic);
        var count = shifted - magic;
        var r = Vector256.FusedMultiplyAdd(count, Vector256.Create(-Ln2High), x);
        r = Vector256.FusedMultiplyAdd(count, Vector256.Create(-Ln2Low), r);

        // The whole number stands in the lowest bits of the shifted value; moved up it adds to the exponent.
        return (Polynomial(r, ExpTerms).AsInt64() + (shifted.AsInt64() << 52)).AsDouble() + (x - x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Softplus(Vector256<double> z, Vector256<double> exp) =>
        Vector256.Max(z, Vector256<double>.Zero) + Log1p(exp);

    /// <summary>log(1 + e) for e from 0 to 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Log1p(Vector256<double> e)
    {
        var quotient = e / (e + Vector256.Create(2.0));
        return (quotient + quotient) * Polynomial(quotient * quotient, LogTerms);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Sigmoid(Vector256<double> z, Vector256<double> exp) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(z, Vector256<double>.Zero), Vector256<double>.One, exp) / (Vector256<double>.One + exp);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Polynomial(Vector256<double> x, double[] terms)
    {
        var sum = Vector256.Create(terms[0]);
        for (int k = 1; k < terms.Length; k++)
        {
            sum = Vector256.FusedMultiplyAdd(sum, x, Vector256.Create(terms[k]));
        }

        return sum;
    }

    private static void Require(int length, int other)
    {
        if (length != other)
        {
            throw new ArgumentException($"{length} margins need {length} results, not {other}.");
        }
    }
}
