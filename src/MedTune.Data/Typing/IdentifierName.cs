using System.Text;

namespace MedTune.Data;

/// <summary>Tells from a column's name whether it holds numbers or names of people, stays or rows.</summary>
internal static class IdentifierName
{
    private static readonly HashSet<string> Tokens = new(StringComparer.Ordinal)
    {
        "id", "ids", "nbr", "mrn", "uid", "uuid", "guid", "pid", "ssn", "idx", "index", "identifier", "accession", "barcode",
    };

    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "patientid", "subjectid", "caseid", "recordid", "studyid", "sampleid", "visitid", "encounterid", "hospitalid", "personid",
        "rownumber", "rownr", "rowno", "recordnumber", "recordno", "patientnumber", "patientno", "patientnr", "patient", "subject",
        "casenumber", "caseno", "admissionnumber", "serialnumber", "serialno", "phone", "phonenumber", "mobile", "email",
        "firstname", "lastname", "surname", "fullname", "patientname",
    };

    private static readonly string[] Chinese =
    [
        "编号", "病历号", "住院号", "门诊号", "病案号", "就诊号", "身份证", "卡号", "序号", "流水号", "登记号", "姓名", "电话", "手机号", "条码",
    ];

    /// <summary>Whether the name says that the column identifies.</summary>
    public static bool IsLike(string name)
    {
        List<string> tokens = Split(name);
        return tokens.Any(Tokens.Contains) || Names.Contains(string.Concat(tokens))
            || Chinese.Any(word => name.Contains(word, StringComparison.Ordinal));
    }

    // "patientId", "patient_id" and "patient id" are two words each; "steroid" is one.
    private static List<string> Split(string name)
    {
        var tokens = new List<string>();
        var token = new StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            bool starts = char.IsUpper(name[i]) && i > 0 && char.IsLower(name[i - 1]);
            if ((!char.IsLetter(name[i]) || starts) && token.Length > 0)
            {
                tokens.Add(token.ToString());
                token.Clear();
            }

            if (char.IsLetter(name[i]))
            {
                token.Append(char.ToLowerInvariant(name[i]));
            }
        }

        if (token.Length > 0)
        {
            tokens.Add(token.ToString());
        }

        return tokens;
    }
}
