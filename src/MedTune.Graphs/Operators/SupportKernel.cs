using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The kernel function of a support vector machine: LINEAR, POLY, RBF or SIGMOID with gamma, coef0 and degree.</summary>
internal sealed class SupportKernel
{
    private readonly string _type;
    private readonly double _gamma;
    private readonly double _offset;
    private readonly double _degree;

    /// <summary>Reads the attributes kernel_type and kernel_params.</summary>
    public SupportKernel(Node node)
    {
        _type = node.Attributes.String("kernel_type", "LINEAR");
        var numbers = node.Attributes.Floats("kernel_params");
        (_gamma, _offset, _degree) = numbers is { IsDefault: false, Length: 3 } ? (numbers[0], numbers[1], numbers[2]) : (0, 0, 0);
        if (_type is not ("LINEAR" or "POLY" or "RBF" or "SIGMOID"))
        {
            throw new InvalidGraphException(NodeErrors.Sentence(node, $"there is no kernel '{_type}'."));
        }
    }

    /// <summary>The kernel of two rows of equal length.</summary>
    public double Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += _type == "RBF" ? (x[i] - y[i]) * (x[i] - y[i]) : x[i] * y[i];
        }

        return _type switch
        {
            "RBF" => DoubleMath.Exp(-_gamma * sum),
            "POLY" => DoubleMath.Pow((_gamma * sum) + _offset, _degree),
            "SIGMOID" => DoubleMath.Tanh((_gamma * sum) + _offset),
            _ => sum,
        };
    }
}
