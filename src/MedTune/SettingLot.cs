using System.Globalization;
using MedTune.Tensors;

namespace MedTune;

/// <summary>Draws the numbers of one setting by lot (random search: Bergstra and Bengio, Journal of Machine Learning Research 13, 2012).</summary>
/// <remarks>Numbers have three digits, so that a setting is exactly what is printed of it.</remarks>
/// <param name="seed">Seed of the run.</param>
/// <param name="kind">Tells kinds of model apart.</param>
/// <param name="draw">Which setting of the kind.</param>
internal sealed class SettingLot(ulong seed, uint kind, int draw)
{
    private readonly Philox _random = new(seed, RandomPurpose.Search, ((ulong)kind << 32) | (uint)draw);
    private ulong _drawn;

    /// <summary>A whole number, both ends included.</summary>
    public int Whole(int low, int high) => low + _random.Below(high - low + 1, _drawn++);

    /// <summary>One of several, each as likely.</summary>
    public T OneOf<T>(params ReadOnlySpan<T> values) => values[_random.Below(values.Length, _drawn++)];

    /// <summary>A number, evenly over a range.</summary>
    public double Even(double low, double high) => Rounded(low + (_random.UniformDouble(_drawn++) * (high - low)));

    /// <summary>A number whose logarithm is drawn evenly: as often between 0.01 and 0.1 as between 0.1 and 1.</summary>
    public double Scale(double low, double high)
    {
        double from = DoubleMath.Log(low);
        double exponent = from + (_random.UniformDouble(_drawn++) * (DoubleMath.Log(high) - from));
        return Math.Clamp(Rounded(DoubleMath.Exp(exponent)), low, high);
    }

    private static double Rounded(double value) =>
        double.Parse(value.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
