"""How do ERP systems name their columns? Field by field, the surest name first, written as `plain_header` writes it.

English and Chinese exports, SAP field names and CDS names, common accounting packages.
"""

from sim.intake.mapping import FieldName

CURRENCY_NAMES = "CNY|RMB|USD|EUR|GBP|HKD|JPY|CAD|AUD|INR|SGD|TWD|KRW|CHF|元|人民币"

HEADERS: dict[FieldName, tuple[str, ...]] = {
    "customer": (
        "customerid", "customernumber", "customerno", "customercode", "custnumber", "custno", "custid",
        "custcode", "kunnr", "customer", "soldtoparty", "soldto", "payer", "billto", "billtocustomer",
        "debtornumber", "debtorno", "debtorid", "debtor", "clientid", "clientno", "clientcode", "client",
        "accountnumber", "accountno", "accountid", "客户编号", "客户编码", "客户代码", "客户号", "客户id",
        "往来单位编码", "往来单位编号", "单位编码", "购货单位编码", "客户", "往来单位", "购货单位",
        "购买方", "购方", "买方", "付款方",
    ),
    "name": (
        "customername", "namecustomer", "custname", "name1", "clientname", "debtorname", "companyname",
        "accountname", "客户名称", "客户名", "客户全称", "客户简称", "往来单位名称", "单位名称",
        "购货单位名称", "购买方名称", "购方名称", "公司名称",
    ),
    "document": (
        "invoicenumber", "invoiceno", "invoiceid", "invoicenum", "billingdocument", "documentnumber",
        "documentno", "docnumber", "docno", "docid", "accountingdocument", "belnr", "vbeln", "invoice",
        "billnumber", "billno", "referencenumber", "reference", "xblnr", "referencedocument", "发票号码",
        "发票号", "发票编号", "单据编号", "单据号", "单据号码", "凭证编号", "凭证号", "凭证号码",
        "应收单号", "销售单号", "出库单号", "票号", "单号",
    ),
    "invoiced_on": (
        "invoicedate", "billingdate", "billdate", "issuedate", "invoiceissuedate", "fkdat",
        "billingdocumentdate", "documentdate", "docdate", "bldat", "postingdate", "budat",
        "baselinecreatedate", "baselinedate", "baselinepaymentdate", "zfbdt", "documentcreatedate",
        "createdon", "creationdate", "transactiondate", "开票日期", "发票日期", "开票时间", "单据日期",
        "凭证日期", "业务日期", "立账日期", "过账日期", "记账日期", "入账日期", "制单日期", "出库日期",
        "销售日期", "date", "日期",
    ),
    "due_on": (
        "duedate", "dueindate", "netduedate", "duein", "invoiceduedate", "paymentduedate", "faedt",
        "faedn", "netdt", "maturitydate", "dueon", "due", "到期日", "到期日期", "应收到期日", "付款到期日",
        "应收日期", "应付款日期", "应收款日期", "约定付款日", "约定付款日期", "约定回款日", "应回款日期",
        "信用到期日", "收款到期日", "计划收款日期",
    ),
    "settled_on": (
        "settleddate", "settlementdate", "cleardate", "clearingdate", "augdt", "paiddate", "datepaid",
        "paidon", "paymentdate", "settledon", "clearedon", "cleareddate", "receiptdate", "datereceived",
        "collectiondate", "清账日期", "结清日期", "清帐日期", "核销日期", "收款日期", "回款日期",
        "实际收款日期", "实际回款日期", "实际付款日", "到账日期", "到款日期", "付款日期",
    ),
    "amount": (
        "invoiceamount", "invoicetotal", "grossamount", "amountgross", "invoicevalue", "totalopenamount",
        "originalamount", "totalamount", "amountintransactioncurrency", "amountindocumentcurrency",
        "wrbtr", "amount", "amountinlocalcurrency", "amountincompanycodecurrency", "dmbtr",
        "totalgrossamount", "totalnetamount", "openamount", "amountdue", "balance", "converted", "total",
        "价税合计", "含税金额", "发票金额", "开票金额", "应收金额", "应收款金额", "应收账款", "本币金额",
        "原币金额", "单据金额", "金额", "未收金额", "应收余额", "余额",
    ),
    "currency": (
        "currency", "currencycode", "invoicecurrency", "transactioncurrency", "documentcurrency", "waers",
        "curr", "ccy", "币种", "币别", "货币", "币制", "货币代码",
    ),
    "net_days": (
        "netdays", "termsdays", "termdays", "creditdays", "paymenttermsdays", "paymenttermdays",
        "paymentterms", "paymentterm", "terms", "custpaymentterms", "zterm", "账期", "账期天数", "信用期",
        "信用天数", "付款期限", "信用期天数",
    ),
    "days_to_settle": (
        "daystosettle", "daystopay", "settlementdays", "paymentdays", "回款天数", "收款天数", "付款天数",
        "结清天数",
    ),
    "days_late": (
        "dayslate", "latedays", "dayspastdue", "daysoverdue", "overduedays", "delaydays", "daysdelayed",
        "arrearsdays", "逾期天数", "超期天数", "延迟天数", "拖欠天数",
    ),
    "disputed": (
        "disputed", "dispute", "isdisputed", "indispute", "disputeflag", "争议", "是否争议", "有争议",
        "争议标志", "是否有争议",
    ),
    "is_open": (
        "isopen", "openflag", "openitem", "是否未清", "未清", "未清标志",
    ),
    "company": (
        "companycode", "businesscode", "bukrs", "company", "legalentity", "公司代码", "公司", "法人",
        "账套", "核算主体",
    ),
}  # fmt: skip
