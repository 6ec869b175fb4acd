using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>An activation inside a recurrent layer: its input is clipped first, and its slope is told from its output.</summary>
internal sealed class RecurrentActivation<T>
    where T : unmanaged, INumber<T>
{
    private readonly FloatMap? _map;
    private readonly Func<double, double> _function;
    private readonly Func<double, double> _slope;
    private readonly T _clip;
    private readonly (T Low, T High)? _limits;

    private RecurrentActivation(FloatMap? map, Func<double, double> function, Func<double, double> slope, float clip)
    {
        (_map, _function, _slope) = (map, function, slope);
        if (clip > 0)
        {
            _clip = T.CreateChecked(clip);
            T[] ends = [-_clip, _clip];
            Apply(ends);
            _limits = (ends[0], ends[1]);
        }
    }

    /// <summary>The activations a node asks for, in the order of its attribute, or the defaults once per direction.</summary>
    /// <exception cref="InvalidGraphException">A name is not known, or there are too few.</exception>
    public static RecurrentActivation<T>[] Of(KernelContext context, int directions, params string[] defaults)
    {
        var attributes = context.Attributes;
        string[] names = attributes.Strings("activations") is { IsDefaultOrEmpty: false } given
            ? [.. given]
            : [.. Enumerable.Repeat(defaults, directions).SelectMany(each => each)];
        if (names.Length != directions * defaults.Length)
        {
            throw context.Error(string.Create(CultureInfo.InvariantCulture, $"it has {names.Length} activations; {directions * defaults.Length} were expected."));
        }

        // The numbers are used up in order by those activations that take one.
        var alphas = new Queue<float>(attributes.Floats("activation_alpha") is { IsDefault: false } a ? a : []);
        var betas = new Queue<float>(attributes.Floats("activation_beta") is { IsDefault: false } b ? b : []);
        double Next(Queue<float> numbers, float otherwise) => numbers.Count > 0 ? numbers.Dequeue() : otherwise;
        float clip = attributes.Float("clip", 0);
        return [.. names.Select(name => Named(context, name, otherwise => Next(alphas, otherwise), otherwise => Next(betas, otherwise), clip))];
    }

    /// <summary>Clips and maps in place.</summary>
    public void Apply(Span<T> x)
    {
        if (_clip > T.Zero)
        {
            foreach (ref T value in x)
            {
                value = T.Clamp(value, -_clip, _clip);
            }
        }

        if (typeof(T) == typeof(float) && _map is not null)
        {
            var floats = MemoryMarshal.Cast<T, float>(x);
            _map(floats, floats);
            return;
        }

        foreach (ref T value in x)
        {
            value = T.CreateTruncating(_function(double.CreateTruncating(value)));
        }
    }

    /// <summary>The derivative where the output is y; 0 where the input was clipped.</summary>
    public T Slope(T y) => _limits is var (low, high) && (y == low || y == high) ? T.Zero : T.CreateTruncating(_slope(double.CreateTruncating(y)));

    private static RecurrentActivation<T> Named(KernelContext context, string name, Func<float, double> alpha, Func<float, double> beta, float clip)
    {
        double a, b;
        switch (name.ToUpperInvariant())
        {
            case "SIGMOID": return new(ElementWise.Map<SigmoidKernel>, DoubleMath.Sigmoid, y => y * (1 - y), clip);
            case "TANH": return new(ElementWise.Map<TanhKernel>, DoubleMath.Tanh, y => 1 - (y * y), clip);
            case "RELU": return new(ElementWise.Map<ReluKernel>, x => Math.Max(x, 0), y => y > 0 ? 1 : 0, clip);
            case "SOFTSIGN": return new(null, x => x / (1 + Math.Abs(x)), y => (1 - Math.Abs(y)) * (1 - Math.Abs(y)), clip);
            case "SOFTPLUS": return new(null, DoubleMath.Softplus, y => -DoubleMath.Expm1(-y), clip);
            case "LEAKYRELU":
                a = alpha(0.01f);
                return new(null, x => x < 0 ? a * x : x, y => y < 0 ? a : 1, clip);
            case "THRESHOLDEDRELU":
                a = alpha(1);
                return new(null, x => x > a ? x : 0, y => y != 0 ? 1 : 0, clip);
            case "ELU":
                a = alpha(1);
                return new(null, x => x < 0 ? a * DoubleMath.Expm1(x) : x, y => y < 0 ? y + a : 1, clip);
            case "AFFINE":
                (a, b) = (alpha(1), beta(0));
                return new(null, x => (a * x) + b, _ => a, clip);
            case "SCALEDTANH":
                (a, b) = (alpha(1), beta(1));
                return new(null, x => a * DoubleMath.Tanh(b * x), y => a * b * (1 - (y / a * (y / a))), clip);
            case "HARDSIGMOID":
                (a, b) = (alpha(0.2f), beta(0.5f));
                return new(null, x => Math.Clamp((a * x) + b, 0, 1), y => y is > 0 and < 1 ? a : 0, clip);
            default: throw context.Error($"there is no activation '{name}'.");
        }
    }
}
