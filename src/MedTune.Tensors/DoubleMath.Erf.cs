namespace MedTune.Tensors;

public static partial class DoubleMath
{
    private static readonly DoubleDouble TwoOverRootPi = new(1.1283791670955126, 1.533545961316588e-17);

    // (1 + 2x) exp(x^2) erfc(x) as a polynomial of w = (x - 4) / (x + 4) for x from 0.5 to 28: interpolated at 25 Chebyshev nodes,
    // relative error 2e-20. The substitution is that of Shepherd and Laframboise, Mathematics of Computation 36 (1981). Highest power first.
    private static readonly double[] ScaledErfcTail =
    [
        -3.321050796073051e-10, 1.3756263181511366e-09, 3.5442444506835075e-09, -1.4232772187607307e-08, -2.14348838232435e-08,
        1.0989777640575193e-07, 7.860740605677166e-08, -8.25004992689817e-07, 2.910484389389659e-07, 5.709355426508269e-06,
        -1.12207934371785e-05, -2.4399029549632663e-05, 0.000150621314605069, -0.00019925674862084845, -0.0007577732203069352,
        0.005031969987432993, -0.016197734065905627, 0.03716751553652881, -0.06633036581165012, 0.0937328349984007,
        -0.10103906603632498, 0.06809705425469147, 0.01537965210262004, -0.1396211168405625,
    ];

    // Taylor coefficients of erf(x) / x in x^2, highest power first, without the first one.
    private static readonly double[] ErfTail =
    [
        1.131218725924631e-20, -2.3784598852774293e-19, 4.763348040515068e-18, -9.063970842808673e-17, 1.6342614095367152e-15,
        -2.7835162072109215e-14, 4.4632242632864775e-13, -6.7113668551641105e-12, 9.422759064650411e-11, -1.2290555301717928e-09,
        1.4807192815879218e-08, -1.6365844691234924e-07, 1.6462114365889248e-06, -1.492565035840625e-05, 0.00012055332981789664,
        -0.0008548327023450853, 0.005223977625442188, -0.026866170645131252, 0.11283791670955126, -0.37612638903183754,
    ];

    /// <summary>The error function, 2/sqrt(pi) times the integral of exp(-t^2) from 0 to x.</summary>
    public static double Erf(double x)
    {
        double size = Math.Abs(x);
        if (size < 1)
        {
            return size < 1e-150 ? TwoOverRootPi.High * x : ErfNearZero(x).Value;
        }

        if (!(size < 6))
        {
            return double.IsNaN(x) ? x : Math.CopySign(1, x);
        }

        return Math.CopySign((-ErfcMantissa(size, out int exponent) * Math.ScaleB(1, exponent) + 1).Value, x);
    }

    /// <summary>1 - Erf(x), with full precision where it is tiny.</summary>
    public static double Erfc(double x)
    {
        if (Math.Abs(x) < 0.5)
        {
            return (-ErfNearZero(x) + 1).Value;
        }

        if (!(Math.Abs(x) < 28))
        {
            return double.IsNaN(x) ? x : x > 0 ? 0 : 2;
        }

        DoubleDouble mantissa = ErfcMantissa(Math.Abs(x), out int exponent);
        return x > 0 ? Math.ScaleB(mantissa.Value, exponent) : x < -6 ? 2 : (-mantissa * Math.ScaleB(1, exponent) + 2).Value;
    }

    private static DoubleDouble ErfNearZero(double x)
    {
        double t = x * x;
        double sum = 0;
        foreach (double coefficient in ErfTail)
        {
            sum = Math.FusedMultiplyAdd(sum, t, coefficient);
        }

        return (TwoOverRootPi + DoubleDouble.Product(sum, t)) * x;
    }

    /// <summary>erfc(x) = result * 2^exponent for x from 0.5 to 28.</summary>
    private static DoubleDouble ErfcMantissa(double x, out int exponent)
    {
        double w = (x - 4) / (x + 4);
        double sum = 0;
        foreach (double coefficient in ScaledErfcTail)
        {
            sum = Math.FusedMultiplyAdd(sum, w, coefficient);
        }

        DoubleDouble scaled = DoubleDouble.Product(sum, w) + new DoubleDouble(1.2329951186255526, -4.624540874057298e-17);
        return Exp(-DoubleDouble.Product(x, x), out exponent) * scaled / DoubleDouble.Sum(1, 2 * x);
    }
}
